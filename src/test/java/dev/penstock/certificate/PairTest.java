package dev.penstock.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pairs as others write them. */
class PairTest {
    private static final Instant NOW = Instant.parse("2026-01-31T01:00:00Z");

    @ParameterizedTest
    @CsvSource({"EC, SHA256withECDSA", "RSA, SHA256withRSA", "Ed25519, Ed25519"})
    void readsEveryKindOfKeyAsPkcs8(String algorithm, String signature) throws Exception {
        Pair pair = pair(algorithm, signature);
        assertThat(Pair.read(bytes(pair.certificatePem()), bytes(pair.keyPem())))
                .isEqualTo(pair);
    }

    @Test
    void readsPkcs1() throws Exception {
        Pair pair = pair("RSA", "SHA256withRSA");
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(pair.key());
        }
        assertThat(text.toString()).startsWith("-----BEGIN RSA PRIVATE KEY-----");
        assertThat(Pair.read(bytes(pair.certificatePem()), bytes(text.toString())))
                .isEqualTo(pair);
    }

    /** As openssl and cert-manager write it: with the curve inside, and openssl once more before. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"})
    void readsSec1(String before) throws Exception {
        Pair pair = pair("EC", "SHA256withECDSA");
        BigInteger secret = ((ECPrivateKey) pair.key()).getS();
        byte[] key =
                new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, SECObjectIdentifiers.secp256r1).getEncoded();
        String text = before + "-----BEGIN EC PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key) + "\n-----END EC PRIVATE KEY-----\n";
        Pair read = Pair.read(bytes(pair.certificatePem()), bytes(text));
        assertThat(((ECPrivateKey) read.key()).getS()).isEqualTo(secret);
    }

    @Test
    void refusesTheKeyOfAnother() throws Exception {
        Pair one = pair("EC", "SHA256withECDSA");
        Pair other = pair("EC", "SHA256withECDSA");
        assertThatThrownBy(() -> Pair.read(bytes(one.certificatePem()), bytes(other.keyPem())))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("the key is that of another certificate");
        assertThatThrownBy(() -> Pair.read(bytes(one.certificatePem()), bytes(one.certificatePem())))
                .hasMessage("no private key without a password");
    }

    /** Go, and so the API server, does not look at the common name. */
    @Test
    void refusesACertificateThatHasNoNameButTheCommonOne() throws Exception {
        Pair pair = pairFor("EC", "SHA256withECDSA");
        assertThatThrownBy(() -> Pair.readOfServer(bytes(pair.certificatePem()), bytes(pair.keyPem())))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("the certificate has no subject alternative name");
        assertThat(Pair.read(bytes(pair.certificatePem()), bytes(pair.keyPem()))) // as of a client
                .isEqualTo(pair);
    }

    private static Pair pair(String algorithm, String signature)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        return pairFor(algorithm, signature, "localhost");
    }

    private static Pair pairFor(String algorithm, String signature, String... hosts)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(256);
        }
        KeyPair keys = generator.generateKeyPair();
        X500Name name = new X500Name("CN=localhost");
        // As it is read again: a key that was just made may be another class of the same.
        PrivateKey key = Pem.key(bytes(Pem.of(keys.getPrivate())));
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name, BigInteger.ONE, Date.from(NOW), Date.from(NOW.plus(Duration.ofDays(1))), name, keys.getPublic());
        if (hosts.length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, new Names(List.of(hosts)).asExtension());
        }
        return new Pair(
                List.of(new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(new JcaContentSignerBuilder(signature).build(keys.getPrivate())))),
                key);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
