package org.chandylamport;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Who may import whom. */
class FloorsTest {

    private static final String ROOT = "org.chandylamport";
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Each package with all others of this project that it may use; the root is "". */
    private static final Map<String, String[]> ALLOWED = Map.ofEntries(
            entry("model"),
            entry("protocol", "model"),
            entry("check", "model"),
            entry("sim", "model", "protocol", "check"),
            entry("runtime", "model", "protocol", "check"),
            entry("trace", "model", "protocol", "check"),
            entry("store", "model"),
            entry("picture", "model", "check", "trace"),
            entry("cluster", "model", "protocol", "store"),
            entry("app", "model", "protocol", "check", "sim", "runtime", "trace", "store"),
            entry("", "model", "protocol", "check", "sim", "runtime", "trace"));

    private static Map.Entry<String, String[]> entry(String name, String... others) {
        return Map.entry(name, others);
    }

    @TestFactory
    java.util.stream.Stream<DynamicTest> nothingImportsUpwardOrSideways() {
        return ALLOWED.entrySet().stream().map(entry -> DynamicTest.dynamicTest(
                entry.getKey().isEmpty() ? "root" : entry.getKey(),
                () -> classes().that().resideInAPackage(name(entry.getKey()))
                        .should().onlyDependOnClassesThat(outside().or(own(entry)))
                        .allowEmptyShould(true)
                        .check(MAIN)));
    }

    private static DescribedPredicate<JavaClass> own(Map.Entry<String, String[]> entry) {
        return resideInAPackage(name(entry.getKey())).or(resideInAnyPackage(
                Arrays.stream(entry.getValue()).map(FloorsTest::name).toArray(String[]::new)));
    }

    private static DescribedPredicate<JavaClass> outside() {
        return DescribedPredicate.not(resideInAPackage(ROOT + ".."));
    }

    private static String name(String simple) {
        return simple.isEmpty() ? ROOT : ROOT + "." + simple;
    }

    @Test
    void noPackageTakesPartInACircle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void theCoreNeedsNoJsonAndNoCommandLineLibrary() {
        classes().that().resideInAnyPackage(
                        name(""), name("model"), name("protocol"), name("check"), name("runtime"))
                .should().onlyDependOnClassesThat(resideInAnyPackage(
                        ROOT + "..", "java..", "com.google.common..", "com.google.errorprone..",
                        "org.jctools..", "org.jspecify.."))
                .check(MAIN);
    }

    @Test
    void theAlgorithmIsDeterministic() {
        classes().that().resideInAnyPackage(name("model"), name("protocol"))
                .should().onlyDependOnClassesThat(DescribedPredicate.not(
                        JavaClass.Predicates.assignableTo(Thread.class)
                                .or(JavaClass.Predicates.assignableTo(java.util.Random.class))
                                .or(resideInAnyPackage("java.io..", "java.nio..", "java.time.."))))
                .check(MAIN);
    }
}
