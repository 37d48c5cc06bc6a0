// Package pen is what figures are drawn with: colours that are one thing on light and another
// on dark ground, letters as outlines, and symbols with what stands above and below them. It
// knows neither panels nor networks.
package pen
