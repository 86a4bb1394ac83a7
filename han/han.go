// Package han knows Chinese text: one form for search, tokens, both scripts and the forms of regions,
// readings, numbers, dates, addresses, and the names of people and organisations.
//
// It is pure: functions of their arguments over read-only tables that are part of the program and are
// unpacked on first use, a few milliseconds each. Everything may be called from many goroutines. It
// imports the standard library and golang.org/x/text alone, and anybody may import it.
//
//   - Search: [Fold] merges scripts, widths and variants; [Tokens] is for the index, [Query] for what a
//     reader types; they keep the promise that a text is found by any piece of itself.
//   - Scripts: [ToHans] and [ToHant] convert word by word; [Standard.Hant] does so in the forms of Taiwan,
//     Hong Kong or OpenCC; [HantWord] knows single words; [DetectScript] counts votes.
//   - Variants: [Usual] gives the usual form of each character, [EqualFold] says whether two texts are
//     the same but for script and variants.
//   - Characters: [IsHan], [Readings], [ToHansRune], [IsTraditional].
//   - Reading facts from text: [Numeral] and [ParseDate] read what a text begins with.
//   - People: [SplitName] takes a name apart, [NameKey] sorts it, [Romanisations] and [Surnames] go
//     between a surname and what families abroad write: Tan, Chan and Chen for 陳.
//   - Addresses: [ParseAddress] takes one apart from the province to the floor.
//   - Organisations: [SplitOrgName] takes the name of an organisation apart into places and a body,
//     [LooksLikeOrgName] knows a heading that is one, and [Slug] makes an address of a name.
//
// Conversion keeps words: a region's own vocabulary (軟件, 軟體) is never put in place of another's. Nothing
// here decides what a person is called; what is ambiguous is given as such. docs/han.md has figures.
//
// The tables come from OpenCC, pinyin-data and Unicode; data/NOTICE has their licences.
package han
