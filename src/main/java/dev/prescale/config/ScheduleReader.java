package dev.prescale.config;

import static dev.prescale.scaling.ScalingPolicy.ReplicaBounds.MOST_REPLICAS;

import dev.prescale.scaling.ScalingPolicy;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
            "Floor while open; at least one of floor and ceiling.");
    private static final Key<Integer> MAX_REPLICAS =
            Key.optional("maxReplicas", ValueTypes.wholeNumber(1, MOST_REPLICAS), "Ceiling while open.");
    static final SchemaKey.ObjectListKey SCHEDULES = new SchemaKey.ObjectListKey(
            "schedules",
            ObjectSchema.of(NAME, START, END, TIME_ZONE, MIN_REPLICAS, MAX_REPLICAS),
            50,
            "Scheduled scaling: tighter bounds by cron window.");

    private ScheduleReader() {}

    static List<ScalingPolicy.Schedule> read(ObjectReader spec, ZoneId zone) {
        List<ScalingPolicy.Schedule> schedules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ObjectReader reader : spec.objects(SCHEDULES)) {
            ScalingPolicy.Schedule schedule = schedule(reader, zone);
            if (!names.add(schedule.name())) {
                reader.refuse(NAME, "must be the name of one schedule only");
            }
            schedules.add(schedule);
        }
        return schedules;
    }

    private static ScalingPolicy.Schedule schedule(ObjectReader reader, ZoneId endpointZone) {
        String name = reader.get(NAME);
        CronWindow.Expression start = reader.get(START);
        CronWindow.Expression end = reader.get(END);
        if (reader.has(START) && reader.has(END) && start.text().equals(end.text())) {
            reader.refuse(END, "must be another time than start");
        }
        ZoneId zone = reader.find(TIME_ZONE);
        Integer min = reader.find(MIN_REPLICAS);
        Integer max = reader.find(MAX_REPLICAS);
        if (!reader.has(MIN_REPLICAS) && !reader.has(MAX_REPLICAS)) {
            reader.refuse("must have minReplicas or maxReplicas");
        }
        if (min != null && max != null && min > max) {
            reader.refuse(MIN_REPLICAS, "must be at most maxReplicas of the schedule, which is " + max);
        }
        return new ScalingPolicy.Schedule(
                name, new CronWindow(start, end, zone == null ? endpointZone : zone), min, max);
    }
}
