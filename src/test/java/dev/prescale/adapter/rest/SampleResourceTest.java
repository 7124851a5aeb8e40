package dev.prescale.adapter.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.prescale.control.SampleSink.Precision;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeFleetProfile.class)
class SampleResourceTest {
    private static final String LINE = "http_requests,service=chat count=812 1704067200000000000";

    @Inject
    FakeSampleSink sink;

    @BeforeEach
    void forgetSamples() {
        sink.clear();
    }

    @Test
    void goodLinesAreStored() {
        lines(LINE + "\n" + LINE).post("/api/v1/samples").then().statusCode(204);

        assertThat(sink.stored()).containsExactly(LINE, LINE);
        assertThat(sink.precision()).isEqualTo(Precision.NANOSECONDS);
    }

    @Test
    void thePrecisionOfTimeStampsIsPassedOn() {
        lines(LINE).post("/api/v1/samples?precision=s").then().statusCode(204);
        assertThat(sink.precision()).isEqualTo(Precision.SECONDS);

        lines(LINE).post("/api/v1/samples?precision=ms").then().statusCode(204);
        assertThat(sink.precision()).isEqualTo(Precision.MILLISECONDS);

        lines(LINE).post("/api/v1/samples?precision=us").then().statusCode(204);
        assertThat(sink.precision()).isEqualTo(Precision.MICROSECONDS);
    }

    @Test
    void anUnknownPrecisionIsNamed() {
        lines(LINE)
                .post("/api/v1/samples?precision=h")
                .then()
                .statusCode(422)
                .body("violations[0].path", equalTo("precision"))
                .body("violations[0].value", equalTo("h"));
        assertThat(sink.stored()).isEmpty();
    }

    @Test
    void everyBadLineIsNamedAndTheGoodOnesAreStored() {
        lines("bad\n" + LINE + "\nworse")
                .post("/api/v1/samples")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:prescale:problem:BadLines"))
                .body("detail", containsString("1 lines are stored, 2 are bad"))
                .body("violations", hasSize(2))
                .body("violations[0].path", equalTo("lines[1]"))
                .body("violations[0].value", equalTo("bad"))
                .body("violations[0].message", equalTo("must have a field"))
                .body("violations[1].path", equalTo("lines[3]"));
        assertThat(sink.stored()).containsExactly(LINE);
    }

    @Test
    void whateverContentTypeAClientSendsItIsRead() {
        given().contentType("application/x-www-form-urlencoded")
                .body(LINE)
                .post("/api/v1/samples")
                .then()
                .statusCode(204);
        assertThat(sink.stored()).containsExactly(LINE);
    }

    @Test
    void gzipIsUnpacked() throws IOException {
        packed(gzip(LINE.getBytes(StandardCharsets.UTF_8)))
                .post("/api/v1/samples")
                .then()
                .statusCode(204);
        assertThat(sink.stored()).containsExactly(LINE);
    }

    @Test
    void brokenGzipIsAProblem() throws IOException {
        byte[] whole = gzip(LINE.getBytes(StandardCharsets.UTF_8));

        packed(Arrays.copyOf(whole, whole.length / 2))
                .post("/api/v1/samples")
                .then()
                .statusCode(400);
        packed(LINE.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/samples")
                .then()
                .statusCode(400)
                .body("detail", containsString("gzip"));
        assertThat(sink.stored()).isEmpty();
    }

    @Test
    void gzipThatUnpacksToMoreThanTheBoundIsRefused() throws IOException {
        packed(gzip(new byte[SampleResource.MOST_BYTES + 1]))
                .post("/api/v1/samples")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("16777216 bytes"));
    }

    @Test
    void anUnknownContentCodingIsRefused() {
        given().contentType(ContentType.TEXT)
                .header("Content-Encoding", "br")
                .body(LINE)
                .post("/api/v1/samples")
                .then()
                .statusCode(415)
                .body("detail", containsString("was br"));
    }

    @Test
    void bytesThatAreNotUtf8AreAProblem() {
        given().config(rawBytes())
                .contentType("application/octet-stream")
                .body(new byte[] {(byte) 0xc3, (byte) 0x28})
                .post("/api/v1/samples")
                .then()
                .statusCode(400)
                .body("detail", containsString("UTF-8"));
    }

    private static RequestSpecification lines(String text) {
        return given().contentType(ContentType.TEXT).body(text);
    }

    private static RequestSpecification packed(byte[] bytes) {
        return given().config(rawBytes())
                .contentType("application/octet-stream")
                .header("Content-Encoding", "gzip")
                .body(bytes);
    }

    private static io.restassured.config.RestAssuredConfig rawBytes() {
        return RestAssured.config()
                .encoderConfig(EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false))
                .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders());
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
