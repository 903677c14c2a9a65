package airworthy.mocks.kubernetes.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import airworthy.mocks.kubernetes.store.ApiFailure;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "merge-patch | {'a':{'b':1,'c':2}} | {'a':{'b':null,'d':3}} | {'a':{'c':2,'d':3}}",
                "merge-patch | {'l':[1,2]} | {'l':[3]} | {'l':[3]}",
                "json-patch | {'l':[1,3]} | [{'op':'add','path':'/l/1','value':2}] | {'l':[1,2,3]}",
                "json-patch | {'l':[1]} | [{'op':'add','path':'/l/-','value':2}] | {'l':[1,2]}",
                "json-patch | {'a':1} | [{'op':'move','from':'/a','path':'/b'}] | {'b':1}",
                "json-patch | {'a~b':{'c/d':1}} | [{'op':'remove','path':'/a~0b/c~1d'}] | {'a~b':{}}",
                "strategic-merge-patch | {'env':[{'name':'a','value':'1'},{'name':'b','value':'2'}]}"
                        + "| {'env':[{'name':'b','value':'3'},{'name':'c','value':'4'}]}"
                        + "| {'env':[{'name':'a','value':'1'},{'name':'b','value':'3'},{'name':'c','value':'4'}]}",
                "strategic-merge-patch | {'env':[{'name':'a'},{'name':'b'}]}"
                        + "| {'env':[{'name':'a','$patch':'delete'}]} | {'env':[{'name':'b'}]}",
                "strategic-merge-patch | {'args':['a','b']} | {'args':['c']} | {'args':['c']}",
                "strategic-merge-patch | {'a':{'x':1}} | {'a':{'$patch':'replace','y':2}} | {'a':{'y':2}}",
            })
    void changesAnObject(String type, String before, String patch, String after) throws JsonProcessingException {
        Patch change = Patch.of("application/" + type.strip() + "+json", json(patch));
        assertThat(change.apply((ObjectNode) json(before))).isEqualTo(json(after));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{'op':'test','path':'/a','value':2}] | 422",
                "[{'op':'remove','path':'/none'}] | 422",
                "[{'op':'add','path':'/none/x','value':1}] | 422",
                "[{'op':'sing','path':'/a'}] | 422",
            })
    void refusesOperationsThatCannotBeDone(String patch, int code) throws JsonProcessingException {
        Patch change = Patch.of("application/json-patch+json", json(patch));
        ObjectNode target = (ObjectNode) json("{'a':1}");
        assertThatThrownBy(() -> change.apply(target))
                .isInstanceOfSatisfying(
                        ApiFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void refusesServerSideApply() {
        ObjectNode anything = JSON.createObjectNode();
        assertThatThrownBy(() -> Patch.of("application/apply-patch+yaml", anything))
                .isInstanceOfSatisfying(
                        ApiFailure.class, e -> assertThat(e.code()).isEqualTo(415));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
