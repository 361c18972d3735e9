import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Map;

/** The lines of docs/client-contract.md. */
class Lines {
    interface Action {
        Map<String, ?> perform(JsonObject message) throws Exception;
    }

    static void serve(Map<String, Action> actions) throws Exception {
        var input = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = input.readLine()) != null; ) {
            System.out.println(new Gson().toJson(answer(actions, JsonParser.parseString(line).getAsJsonObject())));
            System.out.flush();
        }
    }

    private static Map<String, ?> answer(Map<String, Action> actions, JsonObject message) {
        var name = message.has("do") ? message.get("do").getAsString() : "callback";
        if (!actions.containsKey(name)) return Map.of("unsupported", name);
        try {
            return actions.get(name).perform(message);
        } catch (Refused refused) {
            return Map.of("refused", refused.getMessage());
        } catch (Exception error) { // whatever stops the library: the user is told, the program lives on
            return Map.of("refused", error.toString());
        }
    }
}
