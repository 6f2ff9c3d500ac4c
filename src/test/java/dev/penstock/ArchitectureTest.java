package dev.penstock;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.AndFullName.Predicates.fullNameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.time.InstantSource;

/** The arrows between the packages. */
@AnalyzeClasses(packages = "dev.penstock", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.penstock.";
    private static final String[] OUTSIDE = {ROOT + "admission", ROOT + "cli", ROOT + "cluster"};
    private static final String THE_TIME = "java\\.time\\..+\\.now\\(.*"
            + "|java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(.*"
            + "|java\\.util\\.Calendar\\.getInstance\\(.*"
            + "|java\\.util\\.Date\\.<init>\\(\\)";

    @ArchTest
    static final LayeredArchitecture ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cli")
            .definedBy(ROOT + "cli")
            .layer("admission")
            .definedBy(ROOT + "admission")
            .layer("cluster")
            .definedBy(ROOT + "cluster")
            .layer("certificate")
            .definedBy(ROOT + "certificate")
            .layer("review")
            .definedBy(ROOT + "review")
            .layer("rules")
            .definedBy(ROOT + "rules")
            .layer("policy")
            .definedBy(ROOT + "policy")
            .layer("manifest")
            .definedBy(ROOT + "manifest")
            .layer("cron")
            .definedBy(ROOT + "cron")
            .layer("image")
            .definedBy(ROOT + "image")
            .layer("yaml")
            .definedBy(ROOT + "yaml")
            .layer("text")
            .definedBy(ROOT + "text")
            .whereLayer("text")
            .mayNotAccessAnyLayer()
            .whereLayer("yaml")
            .mayOnlyBeAccessedByLayers("policy", "cli")
            .whereLayer("yaml")
            .mayNotAccessAnyLayer()
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("admission")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("cluster")
            .mayOnlyBeAccessedByLayers("admission", "cli")
            .whereLayer("certificate")
            .mayOnlyBeAccessedByLayers("admission", "cli", "cluster")
            .whereLayer("certificate")
            .mayNotAccessAnyLayer()
            .whereLayer("review")
            .mayOnlyBeAccessedByLayers("admission", "cli", "cluster")
            .whereLayer("manifest")
            .mayOnlyAccessLayers("image")
            .whereLayer("cron")
            .mayOnlyAccessLayers("text")
            .whereLayer("image")
            .mayNotAccessAnyLayer()
            .whereLayer("policy")
            .mayOnlyAccessLayers("manifest", "cron", "image", "yaml", "text")
            .whereLayer("rules")
            .mayOnlyAccessLayers("policy", "manifest", "cron", "image", "text");

    @ArchTest
    static final ArchRule THE_ENGINE_IS_PLAIN_JAVA_AND_JACKSON = classes()
            .that()
            .resideInAnyPackage(
                    ROOT + "review",
                    ROOT + "rules",
                    ROOT + "policy",
                    ROOT + "manifest",
                    ROOT + "cron",
                    ROOT + "image",
                    ROOT + "yaml",
                    ROOT + "text")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.penstock..",
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.yaml.snakeyaml..",
                    "com.google.re2j..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule CERTIFICATES_ARE_PLAIN_JAVA_AND_BOUNCY_CASTLE = classes()
            .that()
            .resideInAPackage(ROOT + "certificate")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "certificate", "java..", "javax.security.auth..", "org.bouncycastle..", "org.jspecify..");

    @ArchTest
    static final ArchRule THE_ENGINE_READS_NO_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackages(OUTSIDE)
            .should()
            .accessTargetWhere(target(fullNameMatching(THE_TIME)))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(InstantSource.class);

    @ArchTest
    static final ArchRule THE_ENGINE_CALLS_NOBODY = noClasses()
            .that()
            .resideOutsideOfPackages(OUTSIDE)
            .and()
            .doNotHaveFullyQualifiedName(ROOT + "certificate.Names") // spells addresses, and looks up none
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net..");

    @ArchTest
    static final ArchRule WHAT_IS_EARLY_IS_ASKED_EARLY = noClasses()
            .that()
            .doNotImplement(ROOT + "rules.EarlyValidation")
            .should()
            .callMethod(ROOT + "rules.Findings", "early");

    @ArchTest
    static final ArchRule ONLY_THE_WIRE_KNOWS_HTTP = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "admission")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..");
}
