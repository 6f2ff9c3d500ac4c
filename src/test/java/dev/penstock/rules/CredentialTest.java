package dev.penstock.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {
    private static final String RANDOM = "a1b2c3d4e5".repeat(6);

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        AKIAIOSFODNN7EXAMPLE                     | AKIA***
        ASIAIOSFODNN7EXAMPLE                     | AKIA***
        --key-id=AKIAIOSFODNN7EXAMPLE            | AKIA***
        AKIAIOSFODNN7EXAMPLES                    | -
        AKIAIOSFODNN7EXAMPL                      | -
        XAKIAIOSFODNN7EXAMPLE                    | -
        ASIAPACIFICREGION2024                    | -
        ghp_RANDOM                               | ghp_***
        https://ghp_RANDOM@github.com/a/b        | ghp_***
        ghp_short                                | -
        github_pat_RANDOM                        | github_pat_***
        glpat-RANDOM                             | glpat-***
        xoxb-123-456-abc                         | xoxb-***
        AIzaRANDOM                               | AIza***
        ya29.RANDOM                              | ya29.***
        hf_RANDOM                                | hf_***
        hf_model                                 | -
        -----BEGIN PRIVATE KEY----- x            | -----BEGIN ***
        -----BEGIN RSA PRIVATE KEY----- x        | -----BEGIN ***
        -----BEGIN CERTIFICATE----- x            | -
        -----BEGIN PUBLIC KEY----- x             | -
        eyJhbGciOiJub25lIn0.eyJhIjoxfQ.RANDOM    | eyJ***
        Bearer eyJhbGciOiJub25lIn0.eyJhIjoxfQ.RANDOM | eyJ***
        eyJhbGciOiJub25lIn0.eyJhIjoxfQ           | -
        eyJhIjoxfQ==                             | -
        --password=hunter2                       | password=***
        --db-password=hunter2                    | password=***
        DB_PASSWORD=hunter2 train                | password=***
        train --password hunter2                 | password=***
        train --db-passwd 'hunter2'              | passwd=***
        {"password": "hunter2"}                  | password=***
        password: hunter2                        | password=***
        --password=$(PASSWORD)                   | -
        --password=${PASSWORD}                   | -
        --password=<password>                    | -
        --password={{ .Values.password }}        | -
        --password=/run/secrets/password         | -
        --password=@/run/secrets/password        | -
        --password=@hunter2                      | password=***
        ${DB_PASSWORD:?DB_PASSWORD must be set}  | -
        [ -n "${DB_PASSWORD:+x}" ]               | -
        DB_PASSWORD:+x                           | password=***
        ${DB_PASSWORD:=hunter2}                  | password=***
        export PASSWORD=`cat /run/password`      | -
        {"password" : "hunter2"}                 | password=***
        {"password" : null}                      | -
        password = "hunter2"                     | password=***
        password = 'hunter2'                     | password=***
        password ="hunter2"                      | password=***
        password = getpass()                     | -
        if [ x$DB_PASSWORD = "x" ]; then exit 1  | -
        if password == "": ask()                 | -
        [ "$DB_PASSWORD" = "required" ]          | -
        --password=                              | -
        --ask-password=true                      | -
        --password-file=x                        | -
        train --password --verbose               | -
        the password hunter2                     | -
        --token=RANDOM                           | token=***
        --token RANDOM                           | token=***
        --api-key=RANDOM                         | apikey=***
        AWS_SECRET_ACCESS_KEY=RANDOM             | accesskey=***
        --pad-token=[PAD]                        | -
        --eos_token=<endoftext>                  | -
        --image-pull-secret=registry-credentials | -
        --pull-secret=registry-credentials-2     | -
        --token=12345678-90ab-cdef-1234-567890abcdef | token=***
        --token=Registry-credentials-2           | token=***
        --max-tokens=4096                        | -
        --tokenizer=a1b2c3d4e5a1b2c3d4e5         | -
        postgres://churn:hunter2@db/churn        | ://***:***@
        postgres://churn@db/churn                | -
        postgres://churn:$(PASSWORD)@db/churn    | -
        http://db:5432/churn@1                   | -
        ``                                       | -
        --task                                   | -
        s3://bucket/churn/2026-01-01             | -
        """)
    void isWhatATextHolds(String text, String masked) {
        assertThat(Credential.in(text.replace("RANDOM", RANDOM))
                        .map(Credential::masked)
                        .orElse("-"))
                .isEqualTo(masked);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "=",
                ":",
                "-",
                " ",
                "A",
                "AKIA",
                "eyJ",
                "eyJ.",
                "-eyJ",
                "eyJ.eyJ.",
                "://",
                "://a:b",
                "password",
                "password =",
                "password = '",
                "${a:?",
                "-password ",
                "-----BEGIN ",
                "ghp_a ",
                "x=:\" "
            })
    void isLookedForInLinearTime(String repeated) {
        String text = repeated.repeat(3_000_000 / repeated.length());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Credential.in(text));
    }
}
