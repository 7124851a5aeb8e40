package dev.prescale.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The direction of dependencies and the purity of the core, as the build sees them ({@code docs/architecture.md}). */
class ArchitectureTest {
    private static final String ROOT = "dev.prescale";

    /** A package may use only earlier ones. */
    private static final List<String> CORE =
            List.of("series", "forecast", "accuracy", "capacity", "scaling", "control", "backtest");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"series", "forecast", "accuracy", "capacity", "scaling", "control", "backtest"})
    void corePackageUsesOnlyJavaAndEarlierCorePackages(String name) {
        List<String> allowed = new ArrayList<>(List.of("java..", "org.jspecify.."));
        CORE.subList(0, CORE.indexOf(name) + 1).forEach(earlier -> allowed.add(ROOT + "." + earlier + ".."));

        classes()
                .that()
                .resideInAPackage(ROOT + "." + name + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .because("the core is plain Java and its order is " + CORE)
                .check(MAIN);
    }

    @Test
    void adaptersUseCoreAndConfigButNoOtherAdapter() {
        slices().matching(ROOT + ".adapter.(*)..")
                .should()
                .notDependOnEachOther()
                .because("adapters meet only in the composition root")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".adapter..", ROOT + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".app..")
                .because("app wires all and nothing uses app")
                .check(MAIN);
    }

    @Test
    void configUsesTheCoreOnly() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".adapter..")
                .because("config translates into core records, whoever acts on them")
                .check(MAIN);
    }

    @Test
    void answersKnowNobodyWhoAsks() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".answer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".adapter..", ROOT + ".app..")
                .because("the API and the command line give the same answers")
                .check(MAIN);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void coreAsksNoClockChanceEnvironmentOrThread() {
        String[] core = CORE.stream().map(name -> ROOT + "." + name + "..").toArray(String[]::new);
        Stream.of(Instant.class, LocalDate.class, LocalDateTime.class, ZonedDateTime.class)
                .forEach(type -> noClasses()
                        .that()
                        .resideInAnyPackage(core)
                        .should()
                        .callMethod(type, "now")
                        .because("time is an argument: the backtest runs the same code")
                        .check(MAIN));
        noClasses()
                .that()
                .resideInAnyPackage(core)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.logging..")
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("java.io..")
                        .and(not(belongToAnyOf(
                                // the shape of a state that is saved; who opens the file is not the core
                                DataInput.class, DataOutput.class, IOException.class))))
                .because("the same inputs give the same decision")
                .check(MAIN);
    }

    @Test
    void everyPackageSaysWhatItIsForAndChecksNull() {
        Stream<String> packages = MAIN.stream()
                .filter(not(resideInAnyPackage(ROOT)))
                .map(JavaClass::getPackageName)
                .distinct();

        assertThat(packages)
                .allSatisfy(name -> assertThat(MAIN.getPackage(name).isAnnotatedWith(NullMarked.class))
                        .as("package-info of %s with @NullMarked", name)
                        .isTrue());
        assertThat(MAIN.that(alwaysTrue())).isNotEmpty();
    }
}
