import java.io.FileInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The JDK's HttpClient, which trusts one CA, follows nothing, and leaves a busy server alone. */
class Web {
    private final HttpClient client;
    private Instant notBefore = Instant.EPOCH;

    Web(String caFile) throws Exception {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var pem = new FileInputStream(caFile)) {
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem))
                trusted.setCertificateEntry("ca" + number++, certificate);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        client = HttpClient.newBuilder().sslContext(context).connectTimeout(Duration.ofSeconds(5)).build();
    }

    static HttpRequest.Builder to(String address) throws Refused {
        if (!address.startsWith("https://")) throw new Refused("'" + address + "' is not an https address; the platform is reached over TLS only");
        return HttpRequest.newBuilder(URI.create(address));
    }

    /** The answer, all of it within five seconds. */
    HttpResponse<String> send(HttpRequest request) throws Exception {
        if (Instant.now().isBefore(notBefore)) throw new Refused("the server is busy; try again at " + notBefore);
        var answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            obeyRetryAfter(answer.get(5, TimeUnit.SECONDS));
            return answer.get();
        } catch (ExecutionException failed) {
            throw new Refused("the server was not reached: " + failed.getCause());
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new Refused("the server did not answer in time");
        }
    }

    private void obeyRetryAfter(HttpResponse<?> answer) throws Refused {
        if (answer.statusCode() != 429 && answer.statusCode() != 503) return;
        var value = answer.headers().firstValue("Retry-After").orElse("300");
        notBefore = value.endsWith("GMT") ? ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
                                          : Instant.now().plusSeconds(value.matches("\\d{1,9}") ? Long.parseLong(value) : 300);
        throw new Refused("the server is busy; try again at " + notBefore);
    }
}
