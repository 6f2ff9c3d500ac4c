package dev.penstock.certificate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * What a server is called: its certificate's subject alternative names.
 *
 * @param hosts DNS names, or addresses as Java writes them
 */
public record Names(List<String> hosts) {
    // What cannot be the name of a host, so that nothing is ever looked up.
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    // Of a certificate with one of another form clients read nothing. RFC 1123, and _ besides.
    private static final String LABEL = "[A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?";
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");
    private static final int LONGEST_HOST = 253;

    /** @throws IllegalArgumentException if no certificate can have one of them */
    public Names {
        hosts = hosts.stream().map(Names::canonical).distinct().toList();
    }

    /** Of a Service, as the API server calls it and as people may; and others besides. */
    public static Names ofService(String name, String namespace, List<String> others) {
        String host = name + "." + namespace + ".svc";
        List<String> hosts = new ArrayList<>(List.of(host, host + ".cluster.local"));
        hosts.addAll(others);
        return new Names(hosts);
    }

    private static String canonical(String host) {
        if (!isAddress(host)) {
            if (host.length() > LONGEST_HOST || !HOST.matcher(host).matches()) {
                throw new IllegalArgumentException(
                        "must be an address or the name of a host in ASCII (xn--…), but is " + host);
            }
            return host;
        }
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address: " + host, e);
        }
    }

    private static boolean isAddress(String host) {
        return ADDRESS.matcher(host).matches();
    }

    /** Whether a certificate lists them all. It may list others. */
    boolean areIn(X509Certificate certificate) {
        try {
            Collection<List<?>> listed = certificate.getSubjectAlternativeNames();
            return listed != null
                    && listed.stream().map(name -> name.get(1)).toList().containsAll(hosts);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    GeneralNames asExtension() {
        return new GeneralNames(hosts.stream()
                .map(host -> new GeneralName(isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }
}
