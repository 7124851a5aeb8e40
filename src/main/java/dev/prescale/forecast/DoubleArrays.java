package dev.prescale.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Writes and reads arrays, each with its length before it. */
final class DoubleArrays {
    /** More are not read: a damaged length must not take all memory. */
    private static final int MOST = 1 << 22;

    private DoubleArrays() {}

    static void write(double[] values, int count, DataOutput out) throws IOException {
        out.writeInt(count);
        for (int k = 0; k < count; k++) {
            out.writeDouble(values[k]);
        }
    }

    static void write(int[] values, DataOutput out) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    /** The values from this index on, up to another. */
    static void write(double[] values, int from, int to, DataOutput out) throws IOException {
        out.writeInt(to - from);
        for (int k = from; k < to; k++) {
            out.writeDouble(values[k]);
        }
    }

    static void write(float[] values, DataOutput out) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    /** Reads into an array that must have as many. */
    static void read(float[] values, DataInput in) throws IOException {
        expect(values.length, in);
        for (int k = 0; k < values.length; k++) {
            values[k] = in.readFloat();
        }
    }

    /** Reads what belongs to these indices; what lies before them is not known. */
    static void read(double[] values, int from, int to, DataInput in) throws IOException {
        expect(to - from, in);
        Arrays.fill(values, 0, from, Double.NaN);
        for (int k = from; k < to; k++) {
            values[k] = in.readDouble();
        }
    }

    static double[] readDoubles(DataInput in) throws IOException {
        double[] values = new double[count(in)];
        for (int k = 0; k < values.length; k++) {
            values[k] = in.readDouble();
        }
        return values;
    }

    /** Reads into an array that must have as many. */
    static void read(double[] values, DataInput in) throws IOException {
        expect(values.length, in);
        for (int k = 0; k < values.length; k++) {
            values[k] = in.readDouble();
        }
    }

    /** Reads into an array that must have as many. */
    static void read(int[] values, DataInput in) throws IOException {
        expect(values.length, in);
        for (int k = 0; k < values.length; k++) {
            values[k] = in.readInt();
        }
    }

    static int[] readInts(DataInput in) throws IOException {
        int[] values = new int[count(in)];
        for (int k = 0; k < values.length; k++) {
            values[k] = in.readInt();
        }
        return values;
    }

    private static void expect(int length, DataInput in) throws IOException {
        int count = count(in);
        if (count != length) {
            throw new IOException("an array of %d values must have %d".formatted(count, length));
        }
    }

    static int count(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("an array of %d values".formatted(count));
        }
        return count;
    }
}
