package airworthy.mocks.k3s;

import airworthy.mocks.platform.ConfigDirectory;
import java.nio.file.Path;
import java.util.List;

/**
 * How a platform is brought up on a node of its own.
 *
 * @param nodeImage the image of the node: {@code rancher/k3s}, or one that keeps its contract
 * @param podImages archives of the images that pods run
 * @param state where kubeconfig, profile and keys are written
 * @param timeScale divides scrape, rule and notification durations
 */
record K3sOptions(ConfigDirectory config, String nodeImage, List<Path> podImages, Path state, int timeScale) {

    K3sOptions {
        podImages = List.copyOf(podImages);
        // Prometheus takes no interval below a second, and 30 s are its usual one.
        if (timeScale < 1 || timeScale > 30) {
            throw new IllegalArgumentException("--time-scale: found " + timeScale + ", expected a number from 1 to 30");
        }
    }
}
