/**
 * What came of a replay as files for people: the HTML report and the SVG chart. Knows core records, no other adapter; a file
 * that it writes needs nothing from elsewhere.
 */
@NullMarked
package dev.prescale.adapter.report;

import org.jspecify.annotations.NullMarked;
