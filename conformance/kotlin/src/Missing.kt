package conformance.client.models

import com.google.gson.JsonElement

/**
 * What the generated wrapper of `PropertyType` calls, and the generator makes for classes and not for enums.
 *
 * @throws IllegalArgumentException if it is no name of a type.
 */
fun PropertyTypeName.Companion.validateJsonElement(element: JsonElement?) {
    val name = element?.asString
    requireNotNull(PropertyTypeName.decode(name)) { "$name is no type of a property" }
}
