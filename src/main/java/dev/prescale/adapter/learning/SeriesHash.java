package dev.prescale.adapter.learning;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over the names, grids and rates of training series: the same data gives the same hash. */
final class SeriesHash {
    private SeriesHash() {}

    static String of(List<FitSeries> series) {
        MessageDigest digest = sha256();
        for (FitSeries one : series) {
            digest.update(one.name().getBytes(StandardCharsets.UTF_8));
            ByteBuffer grid = ByteBuffer.allocate(3 * Long.BYTES);
            grid.putLong(one.series().start().getEpochSecond());
            grid.putLong(one.series().step().seconds());
            grid.putLong(one.series().size());
            digest.update(grid.array());
            ByteBuffer rate = ByteBuffer.allocate(Double.BYTES);
            for (double value : one.series().rates()) {
                digest.update(rate.putDouble(0, value).array());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java platform has SHA-256", absent);
        }
    }
}
