package main

import "strings"

// equals are mutants that no test can notice, because what they turn off decides
// nothing about who may do what. Each has its reason.
func equals() map[string]string {
	return map[string]string{}
}

// equivalent is the reason why a mutant decides nothing, or "".
func equivalent(name string) string {
	for part, why := range equals() {
		if strings.Contains(name, part) {
			return why
		}
	}
	return ""
}
