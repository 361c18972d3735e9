import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Maskinporten over the JDK's own HttpClient: what an integrator writes without a library for OAuth. */
public class Machine {
    private record Token(String value, Instant goodUntil) {}

    private final JsonObject settings;
    private final Map<JsonElement, Token> tokens = new HashMap<>();
    private Web web;

    private Machine(JsonObject settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws Exception {
        var settings = JsonParser.parseString(Files.readString(Path.of(System.getenv("KEUR_SETTINGS")))).getAsJsonObject();
        var machine = new Machine(settings);
        Lines.serve(Map.of("token", machine::token, "call", machine::call));
    }

    private String setting(String name) throws Refused {
        if (!settings.has(name) || settings.get(name).isJsonNull() || settings.get(name).getAsString().isEmpty())
            throw new Refused("the setting '" + name + "' is missing; take it from your registration");
        return settings.get(name).getAsString();
    }

    private void check() throws Exception {
        for (var name : new String[] {"client_id", "issuer", "token_endpoint", "private_key", "api", "ca_file"}) setting(name);
        Web.to(setting("token_endpoint"));
        Web.to(setting("api"));
        if (web == null) web = new Web(setting("ca_file"));
    }

    private Map<String, ?> token(JsonObject message) throws Exception {
        check();
        tokenFor(settings.getAsJsonObject("operations").keySet().iterator().next(), false);
        return Map.of("done", Map.of());
    }

    private Map<String, ?> call(JsonObject message) throws Exception {
        check();
        var operation = message.get("operation").getAsString();
        var answer = callWith(operation, tokenFor(operation, false));
        if (answer.statusCode() == 401) answer = callWith(operation, tokenFor(operation, true));
        if (answer.statusCode() != 200) throw new Refused("the API answered " + answer.statusCode());
        var items = JsonParser.parseString(answer.body()).getAsJsonObject().getAsJsonArray("items");
        return Map.of("done", Map.of("status", 200, "items", items.size()));
    }

    private HttpResponse<String> callWith(String operation, String token) throws Exception {
        var path = settings.getAsJsonObject("operations").get(operation).getAsString();
        return web.send(Web.to(setting("api") + path).header("Authorization", "Bearer " + token).build());
    }

    private String tokenFor(String operation, boolean anew) throws Exception {
        var grant = settings.getAsJsonObject("grants").getAsJsonObject(operation);
        var kept = tokens.get(grant);
        if (anew || kept == null || !Instant.now().isBefore(kept.goodUntil())) tokens.put(grant, kept = fetch(grant));
        return kept.value();
    }

    private Token fetch(JsonObject grant) throws Exception {
        var form = "grant_type=" + URLEncoder.encode("urn:ietf:params:oauth:grant-type:jwt-bearer", UTF_8) + "&assertion=" + assertion(grant);
        var asked = Instant.now();
        var answer = web.send(Web.to(setting("token_endpoint")).header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build());
        if (answer.statusCode() != 200) throw new Refused("no token was given (" + answer.statusCode() + "): " + answer.body().lines().limit(1).toList());
        var told = JsonParser.parseString(answer.body()).getAsJsonObject();
        if (!isText(told.get("access_token")) || !isText(told.get("token_type")) || !told.get("token_type").getAsString().equalsIgnoreCase("bearer"))
            throw new Refused("the answer of the token endpoint cannot be used");
        var seconds = told.has("expires_in") ? told.get("expires_in").getAsLong() : 60;
        return new Token(told.get("access_token").getAsString(), asked.plusSeconds(seconds - 5));
    }

    private static boolean isText(JsonElement value) {
        return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString() && !value.getAsString().isEmpty();
    }

    private String assertion(JsonObject grant) throws Exception {
        var now = Instant.now().getEpochSecond();
        var claims = grant.deepCopy();
        claims.addProperty("iss", setting("client_id"));
        claims.addProperty("aud", setting("issuer"));
        claims.addProperty("iat", now);
        claims.addProperty("exp", now + 100);
        claims.addProperty("jti", UUID.randomUUID().toString());
        var signed = base64url(header().toString().getBytes(UTF_8)) + "." + base64url(claims.toString().getBytes(UTF_8));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(bodyOf(setting("private_key"))))));
        signature.update(signed.getBytes(UTF_8));
        return signed + "." + base64url(signature.sign());
    }

    /** The registered key by its id, or the certificates, each as base64 without line breaks. */
    private JsonObject header() throws Refused {
        var header = new JsonObject();
        header.addProperty("alg", "RS256");
        if (settings.has("key_id") && !settings.get("key_id").getAsString().isEmpty()) {
            header.addProperty("kid", setting("key_id"));
            return header;
        }
        var chain = new JsonArray();
        for (var part : setting("certificate_chain").split("(?=-----BEGIN CERTIFICATE-----)")) chain.add(bodyOf(part).replaceAll("\\s", ""));
        header.add("x5c", chain);
        return header;
    }

    private static String bodyOf(String pem) {
        return pem.replaceAll("-----[A-Z ]+-----", "");
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
