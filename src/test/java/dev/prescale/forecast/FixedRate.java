package dev.prescale.forecast;

import java.util.Arrays;

/** A member that always says the same; it speaks from one step on. */
record FixedRate(String name, double rate, int speaksFrom) implements Member {
    FixedRate(String name, double rate) {
        this(name, rate, 0);
    }

    @Override
    public boolean speaksAt(int origin) {
        return origin >= speaksFrom;
    }

    @Override
    public void forecast(int origin, int[] horizons, double[] rates) {
        Arrays.fill(rates, rate);
    }
}
