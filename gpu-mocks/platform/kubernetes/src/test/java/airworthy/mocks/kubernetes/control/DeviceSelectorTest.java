package airworthy.mocks.kubernetes.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceSelectorTest {
    private static final String PUBLISHED = """
        {"attributes":{"type":{"string":"gpu"},"index":{"int":3},"shared":{"bool":true},
          "driverVersion":{"version":"580.82.7"},"other.example/type":{"string":"card"}},
         "capacity":{"memory":{"value":"80Gi"}}}
        """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "device.driver == 'gpu.nvidia.com' | true",
                "device.driver != \"gpu.nvidia.com\" | false",
                "device.attributes['gpu.nvidia.com'].type == 'gpu' | true",
                "device.attributes['other.example'].type == 'card' && device.driver == 'gpu.nvidia.com' | true",
                "device.attributes['gpu.nvidia.com'].index >= 3 | true",
                "device.attributes['gpu.nvidia.com'].index < 3 | false",
                "device.attributes['gpu.nvidia.com'].shared == true | true",
                "device.attributes['gpu.nvidia.com'].absent == 'x' | false",
                "device.attributes['gpu.nvidia.com'].driverVersion.compareTo(semver('580.9.0')) > 0 | true",
                "device.capacity['gpu.nvidia.com'].memory.compareTo(quantity('81Gi')) >= 0 | false",
                "device.capacity['gpu.nvidia.com'].memory.compareTo(quantity('80000M')) > 0 | true",
            })
    void readsTheSubset(String expression, boolean matches)
            throws UnsupportedRequestException, JsonProcessingException {
        Device device =
                new Device(new Device.Id("gpu.nvidia.com", "n", "gpu-0"), "n", new ObjectMapper().readTree(PUBLISHED));
        assertThat(DeviceSelector.parse(expression).test(device)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "true || device.driver == 'x'",
                "device.driver in ['x']",
                "has(device.attributes['d'].x)",
                "device.capacity['d'].memory.compareTo(semver('1.2.3')) > 0",
                "device.capacity['d'].memory.compareTo(quantity('lots')) > 0",
            })
    void refusesEverythingElse(String expression) {
        assertThatThrownBy(() -> DeviceSelector.parse(expression)).isInstanceOf(UnsupportedRequestException.class);
    }
}
