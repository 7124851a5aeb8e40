package dev.prescale.backtest;

import java.util.ArrayList;
import java.util.List;

/** The settings of a space, numbered: one digit per key that has more than one level, mixed radix. */
final class TuningGrid {
    private final TuningSpace space;
    private final List<TuningKnob> knobs = new ArrayList<>();
    private final int[] strides;
    private final int size;

    TuningGrid(TuningSpace space) {
        this.space = space;
        space.levels().forEach((knob, levels) -> {
            if (levels.size() > 1) {
                knobs.add(knob);
            }
        });
        this.strides = new int[knobs.size()];
        int stride = 1;
        for (int j = 0; j < knobs.size(); j++) {
            strides[j] = stride;
            stride = Math.multiplyExact(stride, levels(j));
        }
        this.size = stride;
    }

    /** Keys that are tuned. */
    int knobs() {
        return knobs.size();
    }

    /** Settings, those that are not allowed included. */
    int size() {
        return size;
    }

    int levels(int knob) {
        return space.levelsOf(knobs.get(knob)).size();
    }

    int level(int settings, int knob) {
        return settings / strides[knob] % levels(knob);
    }

    int withLevel(int settings, int knob, int level) {
        return settings + (level - level(settings, knob)) * strides[knob];
    }

    int present() {
        int number = 0;
        for (int j = 0; j < knobs.size(); j++) {
            double value = knobs.get(j).of(space.spec());
            number += strides[j] * space.levelsOf(knobs.get(j)).indexOf(value);
        }
        return number;
    }

    TuningSettings settings(int number) {
        TuningSettings settings = space.present();
        for (int j = 0; j < knobs.size(); j++) {
            TuningKnob knob = knobs.get(j);
            settings = settings.with(knob, space.levelsOf(knob).get(level(number, j)));
        }
        return settings;
    }

    boolean allows(int number) {
        return space.allows(settings(number));
    }

    /** Keys in which two settings differ. */
    int distance(int one, int other) {
        int distance = 0;
        for (int j = 0; j < strides.length; j++) {
            distance += level(one, j) == level(other, j) ? 0 : 1;
        }
        return distance;
    }

    /** The present settings, then each with one key at another level, nearer levels first. */
    List<Integer> oneAtATime() {
        List<Integer> all = new ArrayList<>();
        int present = present();
        all.add(present);
        for (int away = 1; away < size; away++) {
            int before = all.size();
            for (int j = 0; j < knobs(); j++) {
                for (int level : new int[] {level(present, j) - away, level(present, j) + away}) {
                    if (level >= 0 && level < levels(j) && allows(withLevel(present, j, level))) {
                        all.add(withLevel(present, j, level));
                    }
                }
            }
            if (all.size() == before) {
                break;
            }
        }
        return all;
    }
}
