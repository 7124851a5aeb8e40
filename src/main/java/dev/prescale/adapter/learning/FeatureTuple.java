package dev.prescale.adapter.learning;

import java.util.stream.IntStream;
import smile.data.AbstractTuple;
import smile.data.type.DataTypes;
import smile.data.type.StructField;
import smile.data.type.StructType;

/** A row of features as Smile's trees take it. The array may be changed between two questions. */
final class FeatureTuple extends AbstractTuple {
    private final double[] features;
    private final StructType schema;

    FeatureTuple(double[] features) {
        this.features = features;
        this.schema = DataTypes.struct(IntStream.range(0, features.length)
                .mapToObj(i -> new StructField("x" + i, DataTypes.DoubleType))
                .toArray(StructField[]::new));
    }

    @Override
    public StructType schema() {
        return schema;
    }

    @Override
    public Object get(int i) {
        return features[i];
    }

    @Override
    public double getDouble(int i) {
        return features[i];
    }
}
