package airworthy.mocks.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model servers on PyTorch fit the configuration that ships. Whether they serve is seen by running them; see their README. */
class TorchServersTest {
    private static final Path TORCH = Path.of("../../inference/torch");

    @Test
    void aPlatformWithThemRunsTheirImagesAndSaysThatServingIsMeasured(@TempDir Path config) throws Exception {
        OtherProgram.configure(TORCH, config);

        for (String model : List.of("70-chat", "71-summarise")) {
            assertThat(Files.readString(config.resolve("cluster/" + model + ".yaml")))
                    .contains("image: airworthy/torch-inference:dev", "fieldPath: status.podIP")
                    .doesNotContain("mock-inference", "InferenceMain");
        }
        assertThat(Files.readString(config.resolve("cluster/65-model-store.yaml")))
                .contains("image: airworthy/torch-store:dev", "--parameters, 10M")
                .doesNotContain("mock-inference", "StoreMain");
        assertThat(Files.readString(config.resolve("platform.yaml")))
                .contains("accelerator: simulated, serving: measured");
    }
}
