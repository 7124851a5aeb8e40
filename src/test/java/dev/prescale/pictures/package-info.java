/** Draws the pictures of the documents from the bundled traces. Holds no tests. */
package dev.prescale.pictures;
