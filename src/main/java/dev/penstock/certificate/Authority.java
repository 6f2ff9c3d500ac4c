package dev.penstock.certificate;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Who signs the certificates of servers. Everything that is made here is ECDSA over P-256. */
public record Authority(X509Certificate certificate, PrivateKey key) {
    private static final int SERIAL_BITS = 127; // RFC 5280: positive, at most 20 bytes

    /** Makes a new one, whose certificate is signed with its own key. */
    static Authority make(Duration validity, Instant now) throws GeneralSecurityException {
        KeyPair keys = keys();
        // A name of its own: clients find an issuer by its name first.
        X500Name name = new X500Name("CN=Penstock CA " + now.truncatedTo(ChronoUnit.SECONDS));
        Lifetime lifetime = Lifetime.from(now, validity);
        X509v3CertificateBuilder builder = builder(name, lifetime, name, keys.getPublic());
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(keys.getPublic()));
        } catch (CertIOException e) {
            throw new CertificateException(e);
        }
        return new Authority(signed(builder, keys.getPrivate()), keys.getPrivate());
    }

    /**
     * Reads both as PEM, and checks them: the first certificate is the one that signs.
     *
     * @throws GeneralSecurityException if one is missing or garbled, they do not belong together, or the certificate may not
     *     sign others
     */
    static Authority read(byte[] certificates, byte[] key) throws GeneralSecurityException {
        Authority authority = new Authority(Pem.certificate(certificates), Pem.key(key));
        // Else it is signed in a way that is not ours to know.
        if (!authority.key.getAlgorithm().equals("EC")
                || !Pair.belongs(authority.key, authority.certificate.getPublicKey())) {
            throw new InvalidKeyException("the key is that of another certificate");
        }
        if (authority.certificate.getBasicConstraints() < 0) {
            throw new CertificateException("the certificate is that of no authority");
        }
        return authority;
    }

    /** A server's certificate, and its key. It ends with the authority's at the latest. */
    Pair issue(Names names, Duration validity, Instant now) throws GeneralSecurityException {
        KeyPair keys = keys();
        Lifetime wanted = Lifetime.from(now, validity);
        Instant end = Lifetime.of(certificate).end();
        Lifetime lifetime = new Lifetime(wanted.begin(), wanted.end().isBefore(end) ? wanted.end() : end);
        X509v3CertificateBuilder builder = builder(
                new JcaX509CertificateHolder(certificate).getSubject(),
                lifetime,
                new X500Name("CN=penstock"),
                keys.getPublic());
        try {
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, names.asExtension());
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(certificate));
        } catch (CertIOException e) {
            throw new CertificateException(e);
        }
        return new Pair(List.of(signed(builder, key)), keys.getPrivate());
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, Lifetime lifetime, X500Name subject, PublicKey key) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
                Date.from(lifetime.begin()),
                Date.from(lifetime.end()),
                subject,
                key);
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
