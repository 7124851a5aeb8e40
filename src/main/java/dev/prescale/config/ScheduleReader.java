package dev.prescale.config;

import static dev.prescale.scaling.ScalingPolicy.ReplicaBounds.MOST_REPLICAS;

import dev.prescale.scaling.ScalingPolicy;
import dev.prescale.scaling.ScalingPolicy.ReplicaBounds;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads {@code schedules}: floors and ceilings by cron window. */
final class ScheduleReader {
    private static final Key<String> NAME =
            Key.required("name", ValueTypes.text(63), "Shown where the schedule decides.");
    private static final Key<CronWindow.Expression> START = Key.required(
            "start", CronWindow.Expression.TYPE, "When the window opens: minute, hour, day, month, weekday.");
    private static final Key<CronWindow.Expression> END =
            Key.required("end", CronWindow.Expression.TYPE, "When the window closes.");
    private static final Key<ZoneId> TIME_ZONE = Key.optional(
            "timeZone",
            ValueTypes.ZONE,
            "On whose clock; where left out that of the endpoint. A time that the clock skips "
                    + "happens when the skipped hour is over; of a repeated hour the first pass counts.");
    private static final Key<Integer> MIN_REPLICAS = Key.optional(
            "minReplicas",
            ValueTypes.wholeNumber(0, MOST_REPLICAS),
            "Floor while open; at least one of floor, ceiling and fixed number.");
    private static final Key<Integer> MAX_REPLICAS =
            Key.optional("maxReplicas", ValueTypes.wholeNumber(1, MOST_REPLICAS), "Ceiling while open.");
    private static final Key<Integer> REPLICAS = Key.optional(
            "replicas", ValueTypes.wholeNumber(0, MOST_REPLICAS), "Fixed number while open: floor and ceiling in one.");
    private static final ObjectRule.Checked SOME_BOUND = ObjectRule.of(
            "has(self.minReplicas) || has(self.maxReplicas) || has(self.replicas)",
            "must have minReplicas, maxReplicas or replicas");
    private static final ObjectRule.Checked FIXED_ALONE = ObjectRule.of(
            "!has(self.replicas) || !(has(self.minReplicas) || has(self.maxReplicas))",
            "must have replicas alone, or minReplicas and maxReplicas");
    private static final ObjectRule.Checked OTHER_END =
            ObjectRule.at(END, "self.start != self.end", "must be another time than start");
    private static final ObjectRule ORDERED = ObjectRule.at(
            MIN_REPLICAS,
            "!has(self.minReplicas) || !has(self.maxReplicas) || self.minReplicas <= self.maxReplicas",
            "must be at most maxReplicas of the schedule");
    static final SchemaKey.ObjectListKey SCHEDULES = new SchemaKey.ObjectListKey(
            "schedules",
            ObjectSchema.of(NAME, START, END, TIME_ZONE, MIN_REPLICAS, MAX_REPLICAS, REPLICAS)
                    .where(SOME_BOUND, FIXED_ALONE, OTHER_END, ORDERED),
            50,
            "Scheduled scaling: tighter bounds by cron window. Of open windows that overlap the largest floor and the "
                    + "smallest ceiling count; a floor beats a ceiling.");

    static final ObjectRule.Checked NAMES =
            ObjectRule.different(SCHEDULES, NAME, "must be the name of one schedule only");
    static final ObjectRule BELOW_MAXIMUM = ObjectRule.at(
            SCHEDULES,
            "!has(self.schedules) || self.schedules.all(s, (!has(s.minReplicas) || s.minReplicas <= self.maxReplicas)"
                    + " && (!has(s.replicas) || s.replicas <= self.maxReplicas))",
            "must have floors of at most maxReplicas of the endpoint");
    static final ObjectRule ABOVE_MINIMUM = ObjectRule.at(
            SCHEDULES,
            "!has(self.schedules) || self.schedules.all(s,"
                    + " (!has(s.maxReplicas) || s.maxReplicas >= (has(self.minReplicas) ? self.minReplicas : 1))"
                    + " && (!has(s.replicas) || s.replicas >= (has(self.minReplicas) ? self.minReplicas : 1)))",
            "must have ceilings of at least minReplicas of the endpoint");

    private ScheduleReader() {}

    static List<ScalingPolicy.Schedule> read(ObjectReader spec, ZoneId zone, ReplicaBounds bounds) {
        List<ScalingPolicy.Schedule> schedules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ObjectReader reader : spec.objects(SCHEDULES)) {
            String name = reader.get(NAME);
            Predicate<Instant> window = window(reader, zone);
            ScalingPolicy.Schedule schedule = schedule(reader, name, window, bounds);
            if (!names.add(name)) {
                reader.refuse(NAME, NAMES.message());
            }
            schedules.add(schedule);
        }
        return schedules;
    }

    private static CronWindow window(ObjectReader reader, ZoneId endpointZone) {
        CronWindow.Expression start = reader.find(START);
        CronWindow.Expression end = reader.find(END);
        ZoneId zone = reader.find(TIME_ZONE);
        if (start != null && end != null) {
            if (start.equals(end)) {
                reader.refuse(END, OTHER_END.message());
            } else if (start.isAlwaysAlso(end)) {
                reader.refuse(END, "must not be a time at every start: the window would never be open");
            }
        }
        return new CronWindow(
                start == null ? CronWindow.Expression.TYPE.standIn() : start,
                end == null ? CronWindow.Expression.TYPE.standIn() : end,
                zone == null ? endpointZone : zone);
    }

    private static ScalingPolicy.Schedule schedule(
            ObjectReader reader, String name, Predicate<Instant> window, ReplicaBounds bounds) {
        Integer min = reader.find(MIN_REPLICAS);
        Integer max = reader.find(MAX_REPLICAS);
        Integer fixed = reader.find(REPLICAS);
        boolean hasBound = reader.has(MIN_REPLICAS) || reader.has(MAX_REPLICAS);
        if (hasBound == reader.has(REPLICAS)) {
            reader.refuse(hasBound ? FIXED_ALONE.message() : SOME_BOUND.message());
        }
        if (min != null && max != null && min > max) {
            reader.refuse(MIN_REPLICAS, "must be at most maxReplicas of the schedule, which is " + max);
        }
        refuseOutside(reader, MIN_REPLICAS, min, bounds);
        refuseOutside(reader, MAX_REPLICAS, max, bounds);
        refuseOutside(reader, REPLICAS, fixed, bounds);
        return fixed == null
                ? new ScalingPolicy.Schedule(name, window, min, max)
                : new ScalingPolicy.Schedule(name, window, fixed, fixed);
    }

    /** A floor above the policy's maximum, or a ceiling below its minimum, could never be kept. */
    private static void refuseOutside(
            ObjectReader reader, Key<Integer> key, @Nullable Integer value, ReplicaBounds bounds) {
        if (value == null) {
            return;
        }
        if (!key.equals(MAX_REPLICAS) && value > bounds.maxReplicas()) {
            reader.refuse(key, "must be at most maxReplicas of the endpoint, which is " + bounds.maxReplicas());
        }
        if (!key.equals(MIN_REPLICAS) && value < bounds.minReplicas()) {
            reader.refuse(key, "must be at least minReplicas of the endpoint, which is " + bounds.minReplicas());
        }
    }
}
