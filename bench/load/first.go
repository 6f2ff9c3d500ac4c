package main

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// Starts a program, sends it a request until it answers as it must, and ends it: the milliseconds in between on standard
// output. The program's own output goes to standard error.
func first(arguments []string) error {
	flags := flag.NewFlagSet("first", flag.ExitOnError)
	to := targetFlags(flags)
	limit := flags.Duration("limit", time.Minute, "to wait")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("first: which program? Its command goes last, behind --")
	}
	target, err := to()
	if err != nil {
		return err
	}
	program := exec.Command(flags.Arg(0), flags.Args()[1:]...)
	program.Stdout, program.Stderr = os.Stderr, os.Stderr
	runtime.LockOSThread() // with which the program would end, too
	program.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	start := time.Now()
	if err := program.Start(); err != nil {
		return err
	}
	defer program.Wait()
	defer program.Process.Signal(syscall.SIGTERM)
	for time.Since(start) < *limit {
		if target.answers() {
			return json.NewEncoder(os.Stdout).Encode(float64(time.Since(start).Microseconds()) / 1000)
		}
		time.Sleep(time.Millisecond)
	}
	return errors.New("no answer")
}

func (t *target) answers() bool {
	on, err := t.connect()
	if err != nil {
		return false
	}
	defer on.Close()
	return on.post(t) == nil
}
