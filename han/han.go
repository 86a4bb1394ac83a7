// Package han knows Chinese text: one form for search, tokens, both scripts, readings, numbers, dates,
// addresses, and the names of organisations.
//
// It is pure: functions of their arguments over read-only tables that are part of the program and are
// unpacked on first use, a few milliseconds each. Everything may be called from many goroutines. It
// imports the standard library and golang.org/x/text alone, and anybody may import it.
//
//   - Search: [Fold] merges scripts, widths and variants; [Tokens] is for the index, [Query] for what a
//     reader types; they keep the promise that a text is found by any piece of itself.
//   - Scripts: [ToHans] and [ToHant] convert word by word; [HantWord] knows single words; [DetectScript] counts votes.
//   - Characters: [IsHan], [Readings], [ToHansRune], [IsTraditional].
//   - Reading facts from text: [Numeral] and [ParseDate] read what a text begins with.
//   - Names: [SplitOrgName] takes the name of an organisation apart into places and a body,
//     [LooksLikeOrgName] knows a heading that is one, and [Slug] makes an address of a name.
//
// The tables come from OpenCC, pinyin-data and Unicode; data/NOTICE has their licences.
package han
