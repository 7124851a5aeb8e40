package dev.prescale.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.prescale.config.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/**
 * What may be null in an answer, and what is always there, as the records say it: the framework knows nothing of the annotations of
 * JSpecify, and would describe each number as one that is known.
 */
final class NullableProperties {
    private static final String PACKAGE = NullableProperties.class.getPackageName();

    /** The one record of elsewhere that goes out as it is. */
    private static final DotName VIOLATION = DotName.createSimple(Violation.class);

    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName LEFT_OUT = DotName.createSimple(JsonInclude.class);
    private static final DotName UNWRAPPED = DotName.createSimple(JsonUnwrapped.class);
    private static final DotName SCHEMA =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);

    private final Map<String, ClassInfo> records = new HashMap<>();

    NullableProperties(IndexView index) {
        for (ClassInfo known : index.getKnownClasses()) {
            boolean isOurs =
                    known.name().packagePrefix().equals(PACKAGE) || known.name().equals(VIOLATION);
            if (known.isRecord() && isOurs) {
                AnnotationInstance schema = known.declaredAnnotation(SCHEMA);
                boolean isNamed = schema != null && schema.value("name") != null;
                records.put(isNamed ? schema.value("name").asString() : known.simpleName(), known);
            }
        }
    }

    /** Completes one schema of the document; one that is not of a record of ours stays as it is. */
    void complete(String name, Schema schema) {
        ClassInfo source = records.get(name);
        if (source != null && schema.getProperties() != null) {
            source.recordComponents().forEach(component -> complete(source, component, schema));
        }
    }

    private void complete(ClassInfo source, RecordComponentInfo component, Schema schema) {
        // as annotations of Jackson have no record components among their targets, the compiler leaves them on the
        // field
        boolean isLeftOut = source.hasDeclaredAnnotation(LEFT_OUT)
                || source.field(component.name()).hasAnnotation(LEFT_OUT);
        if (source.field(component.name()).hasAnnotation(UNWRAPPED)) {
            records.values().stream()
                    .filter(one -> one.name().equals(component.type().name()))
                    .forEach(one -> one.recordComponents()
                            .forEach(inner -> completeValue(inner, schema, one.hasDeclaredAnnotation(LEFT_OUT))));
            return;
        }
        completeValue(component, schema, isLeftOut);
        if (!isLeftOut && schema.getProperties().containsKey(component.name())) {
            schema.addRequired(component.name());
        }
    }

    private static void completeValue(RecordComponentInfo component, Schema schema, boolean isLeftOut) {
        Schema property = schema.getProperties().get(component.name());
        if (property == null) {
            return;
        }
        completeItems(component.type(), property);
        if (!isLeftOut && component.type().hasAnnotation(NULLABLE)) {
            schema.addProperty(component.name(), orNull(property));
        }
    }

    /** Elements of a list that may be null, which is how a gap is written. */
    private static void completeItems(Type type, Schema property) {
        if (type.kind() != Type.Kind.PARAMETERIZED_TYPE || property.getItems() == null) {
            return;
        }
        List<Type> arguments = type.asParameterizedType().arguments();
        if (arguments.size() == 1 && arguments.getFirst().hasAnnotation(NULLABLE)) {
            property.setItems(orNull(property.getItems()));
        }
    }

    private static Schema orNull(Schema schema) {
        boolean isAny = schema.getRef() == null && schema.getType() == null;
        if (isAny) {
            return schema;
        }
        if (schema.getRef() == null) {
            return schema.addType(Schema.SchemaType.NULL);
        }
        return OASFactory.createSchema()
                .addAnyOf(schema)
                .addAnyOf(OASFactory.createSchema().addType(Schema.SchemaType.NULL));
    }
}
