package airworthy.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;

/** The load profiles that ship with the harness. */
public final class LoadProfiles {

    private LoadProfiles() {}

    /**
     * Reads a profile by its name.
     *
     * @throws IOException when there is none of that name, or its file cannot be read; the message says which
     */
    public static LoadProfile named(String name) throws IOException {
        String resource = "/profiles/" + name + ".yaml";
        try (InputStream in = LoadProfiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("load profile \"%s\": found no resource %s".formatted(name, resource));
            }
            return YAMLMapper.builder().build().readValue(in, LoadProfile.class);
        } catch (JsonProcessingException e) {
            throw new IOException("load profile \"%s\": %s".formatted(name, e.getOriginalMessage()), e);
        }
    }
}
