package main

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"sort"
	"sync"
	"syscall"
	"time"
)

// target is where a load goes: one path of one server, over kept-alive connections of HTTP/1.1.
type target struct {
	host    string
	tls     *tls.Config
	request []byte // head and body
	answer  []byte // what each answer contains
}

// What came of a load. Times are in microseconds.
type outcome struct {
	Answers  int     `json:"answers"`
	Failures int     `json:"failures"`
	Seconds  float64 `json:"seconds"`
	P50      float64 `json:"p50"`
	P99      float64 `json:"p99"`
	P999     float64 `json:"p999"`
	Max      float64 `json:"max"`
	// P99 of how much later than it should a request fell due: what of the times is this program's own. 0 without a rate.
	Late float64 `json:"late"`
	// The share of one core that this process took: near 1, it may be what limits the load.
	CPU float64 `json:"cpu"`
}

// target's flags are those of every command that sends something.
func targetFlags(flags *flag.FlagSet) func() (*target, error) {
	address := flags.String("url", "", "https://…")
	authority := flags.String("ca", "", "PEM file: whom it trusts")
	certificate := flags.String("cert", "", "PEM file of a client's certificate")
	key := flags.String("key", "", "PEM file")
	file := flags.String("body", "", "JSON file to POST")
	answer := flags.String("answer", "", "what each answer must contain")
	return func() (*target, error) { return newTarget(*address, *authority, *certificate, *key, *file, *answer) }
}

func newTarget(address, authority, certificate, key, file, answer string) (*target, error) {
	where, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	pem, err := os.ReadFile(authority)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{RootCAs: x509.NewCertPool(), ServerName: where.Hostname()}
	config.RootCAs.AppendCertsFromPEM(pem)
	if certificate != "" {
		pair, err := tls.LoadX509KeyPair(certificate, key)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{pair}
	}
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var request bytes.Buffer
	fmt.Fprintf(&request, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n",
		where.RequestURI(), where.Host, len(body))
	request.Write(body)
	return &target{where.Host, config, request.Bytes(), []byte(answer)}, nil
}

type connection struct {
	*tls.Conn
	in *bufio.Reader
}

func (t *target) connect() (*connection, error) {
	conn, err := tls.Dial("tcp", t.host, t.tls)
	if err != nil {
		return nil, err
	}
	return &connection{conn, bufio.NewReaderSize(conn, 64<<10)}, nil
}

// post returns an error for any answer but a success that contains what it must: a webhook says no with a success, too.
func (c *connection) post(to *target) error {
	if _, err := c.Write(to.request); err != nil {
		return err
	}
	answer, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return err
	}
	said, err := io.ReadAll(answer.Body)
	if err == nil && (answer.StatusCode/100 != 2 || !bytes.Contains(said, to.answer)) {
		err = fmt.Errorf("%s: %s", answer.Status, said)
	}
	return err
}

// A load, and its outcome as JSON on standard output. Without a rate, each connection sends its next request when the last is
// answered. With a rate, requests fall due at fixed times, whether the server keeps up or not, and each is timed from
// when it fell due: what a slow answer holds up counts as slow, too.
func load(arguments []string) error {
	flags := flag.NewFlagSet("load", flag.ExitOnError)
	to := targetFlags(flags)
	connections := flags.Int("connections", 16, "kept alive")
	rate := flags.Int("rate", 0, "requests a second; 0 for as many as are answered")
	length := flags.Duration("for", 5*time.Second, "how long")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	target, err := to()
	if err != nil {
		return err
	}
	// One thread sleeps until the next request falls due, while others wait for the network, all on one core.
	runtime.GOMAXPROCS(max(runtime.GOMAXPROCS(0), 4))
	open := make([]*connection, *connections)
	for i := range open {
		if open[i], err = target.connect(); err != nil {
			return err
		}
		defer open[i].Close()
	}
	workers := make([]worker, *connections)
	due := make(chan time.Time, 1<<20)
	start, cpu := time.Now(), cpuTime()
	end := start.Add(*length)
	var all sync.WaitGroup
	for i := range workers {
		all.Add(1)
		go func() {
			defer all.Done()
			if *rate > 0 {
				workers[i].sendDue(open[i], target, due)
			} else {
				workers[i].send(open[i], target, end)
			}
		}()
	}
	var late []time.Duration
	if *rate > 0 {
		late = fallDue(due, start, end, *rate)
	}
	all.Wait()
	return json.NewEncoder(os.Stdout).Encode(sum(workers, late, time.Since(start), cpuTime()-cpu))
}

// worker is what one connection saw.
type worker struct {
	took     []time.Duration
	failures int
}

func (w *worker) send(on *connection, to *target, end time.Time) {
	for begin := time.Now(); begin.Before(end) && w.failures == 0; begin = time.Now() {
		w.timed(on, to, begin)
	}
}

func (w *worker) sendDue(on *connection, to *target, due <-chan time.Time) {
	for begin := range due {
		w.timed(on, to, begin)
	}
}

func (w *worker) timed(on *connection, to *target, begin time.Time) {
	if err := on.post(to); err != nil {
		if w.failures == 0 { // the others are mostly the same
			fmt.Fprintln(os.Stderr, err)
		}
		w.failures++
		return
	}
	w.took = append(w.took, time.Since(begin))
}

// fallDue returns how late it was, each time.
func fallDue(due chan<- time.Time, start, end time.Time, rate int) []time.Duration {
	var late []time.Duration
	runtime.LockOSThread()
	for i := 0; ; i++ {
		next := start.Add(time.Duration(i) * time.Second / time.Duration(rate))
		if !next.Before(end) {
			close(due)
			return late
		}
		if wait := time.Until(next); wait > 0 {
			// Go's own timers may be a millisecond late.
			pause := syscall.NsecToTimespec(int64(wait))
			syscall.Nanosleep(&pause, nil)
		}
		due <- next
		late = append(late, time.Since(next))
	}
}

func sum(workers []worker, late []time.Duration, took, cpu time.Duration) outcome {
	var all []time.Duration
	failures := 0
	for _, worker := range workers {
		all = append(all, worker.took...)
		failures += worker.failures
	}
	return outcome{
		Answers:  len(all),
		Failures: failures,
		Seconds:  took.Seconds(),
		P50:      quantile(all, 0.5),
		P99:      quantile(all, 0.99),
		P999:     quantile(all, 0.999),
		Max:      quantile(all, 1),
		Late:     quantile(late, 0.99),
		CPU:      cpu.Seconds() / took.Seconds(),
	}
}

func quantile(times []time.Duration, share float64) float64 {
	if len(times) == 0 {
		return 0
	}
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	return float64(times[min(len(times)-1, int(share*float64(len(times))))].Nanoseconds()) / 1000
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
