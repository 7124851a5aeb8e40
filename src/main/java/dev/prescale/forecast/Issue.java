package dev.prescale.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What was issued from one origin at the horizons of the grid, and what became of it. */
final class Issue {
    private static final double[][] FORGOTTEN = {};

    private final int origin;
    private final double days;
    private final double[] combined;
    private final double[] errors;
    private final int[] naives;
    /** [naive][horizon of the grid]; only their quantiles are asked for, so that seven digits do. */
    private final float[][] naiveErrors;
    /** [member][horizon of the grid], until all is settled. */
    private double[][] byMember;

    /**
     * @param days that this issue speaks for
     * @param combined rates (req/s), one per horizon
     * @param byMember the same of each member, of shape [member][horizon]
     * @param naives positions among the members of the naives whose errors are kept
     */
    Issue(int origin, double days, double[] combined, double[][] byMember, int[] naives) {
        this.origin = origin;
        this.days = days;
        this.combined = combined;
        this.byMember = byMember;
        this.naives = naives;
        this.errors = new double[combined.length];
        this.naiveErrors = new float[naives.length][combined.length];
        Arrays.fill(errors, Double.NaN);
        for (float[] ofNaive : naiveErrors) {
            Arrays.fill(ofNaive, Float.NaN);
        }
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(origin);
        out.writeDouble(days);
        DoubleArrays.write(combined, combined.length, out);
        DoubleArrays.write(errors, errors.length, out);
        for (float[] ofNaive : naiveErrors) {
            for (float error : ofNaive) {
                out.writeFloat(error);
            }
        }
        out.writeInt(byMember.length);
        for (double[] ofMember : byMember) {
            DoubleArrays.write(ofMember, ofMember.length, out);
        }
    }

    static Issue readFrom(DataInput in, int[] naives) throws IOException {
        int origin = in.readInt();
        double days = in.readDouble();
        Issue issue = new Issue(origin, days, DoubleArrays.readDoubles(in), FORGOTTEN, naives);
        DoubleArrays.read(issue.errors, in);
        for (float[] ofNaive : issue.naiveErrors) {
            for (int g = 0; g < ofNaive.length; g++) {
                ofNaive[g] = in.readFloat();
            }
        }
        double[][] byMember = new double[DoubleArrays.count(in)][];
        for (int i = 0; i < byMember.length; i++) {
            byMember[i] = DoubleArrays.readDoubles(in);
        }
        issue.byMember = byMember;
        return issue;
    }

    int origin() {
        return origin;
    }

    double days() {
        return days;
    }

    /** Combined rate (req/s) at a horizon of the grid. */
    double combined(int position) {
        return combined[position];
    }

    /** What a member said; {@code NaN} for nothing. */
    double byMember(int member, int position) {
        return byMember[member][position];
    }

    /** {@code y - f} of the combination at a horizon of the grid, {@code NaN} while not known. */
    double error(int position) {
        return errors[position];
    }

    /** The same of a naive, by its position among {@link IssuedForecasts#NAIVES}. */
    double naiveError(int naive, int position) {
        return naiveErrors[naive][position];
    }

    /** @param rate req/s of the step at this horizon of the grid */
    void settle(int position, double rate) {
        errors[position] = rate - combined[position];
        for (int n = 0; n < naives.length; n++) {
            naiveErrors[n][position] = (float) (rate - byMember[naives[n]][position]);
        }
    }

    /** Gives up what is no longer asked for, for somebody else to use. */
    double[][] forgetMembers() {
        double[][] forgotten = byMember;
        byMember = FORGOTTEN;
        return forgotten;
    }
}
