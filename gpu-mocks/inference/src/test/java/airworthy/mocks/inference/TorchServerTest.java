package airworthy.mocks.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The model server on PyTorch that speaks what this module's does. What it computes is proven where PyTorch is installed. */
class TorchServerTest {

    private static final File PROGRAMS = new File("torch");

    /** Says which of its versions this is, if it is one that the server runs on. */
    private static final String SUITABLE =
            "import sys; print(sys.version); sys.exit(0 if sys.version_info >= (3, 10) else 3)";

    @Test
    void itsOwnTestsPass() throws Exception {
        Said python = run("python3", "-c", SUITABLE);
        if (python.code() != 0) {
            System.out.println("not proven: the model server on PyTorch; found python3 "
                    + python.words().strip() + ", expected 3.10 or newer");
            assumeTrue(false, python.words());
        }

        Said tests = run("python3", "-B", "-m", "unittest", "discover", "--verbose", "-t", ".", "-s", "tests");

        System.out.println(tests.words());
        assertThat(tests.code()).as(tests.words()).isZero();
        assertThat(tests.words()).doesNotContain("Ran 0 tests");
    }

    private record Said(int code, String words) {}

    /** Without the program there is nothing to be proven. */
    private static Said run(String... command) throws IOException, InterruptedException {
        try {
            Process running = new ProcessBuilder(command)
                    .directory(PROGRAMS)
                    .redirectErrorStream(true)
                    .start();
            running.getOutputStream().close();
            String words = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(running.waitFor(), words);
        } catch (IOException e) {
            System.out.println("not proven: the model server on PyTorch; there is no " + command[0]);
            assumeTrue(false, e.getMessage());
            throw e;
        }
    }
}
