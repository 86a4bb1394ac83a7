package cli

import (
	"io"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"

	"github.com/huiguan/huiguan/internal/fault"
)

// config is a file of settings: the names of serve's flags with their values.
// What the command line or the environment says wins over it.
type config map[string]any

// loadConfig reads a TOML file.
func loadConfig(r io.Reader) (kong.Resolver, error) {
	var c config
	if _, err := toml.NewDecoder(r).Decode(&c); err != nil {
		return nil, fault.New(fault.Misuse, "cli.bad_config", fault.Args{"error": err.Error()})
	}
	return c, nil
}

// Validate refuses a setting that is no flag of serve: a misspelt one would
// otherwise do nothing, and not say so.
func (c config) Validate(model *kong.Application) error {
	known := map[string]bool{}
	for _, command := range model.Children {
		if command.Name == "serve" {
			for _, f := range command.Flags {
				known[f.Name] = true
			}
		}
	}
	for key := range c {
		if !known[flagName(key)] {
			return fault.New(fault.Misuse, "cli.unknown_setting", fault.Args{"name": key})
		}
	}
	return nil
}

// Resolve gives a flag its value from the file.
func (c config) Resolve(_ *kong.Context, _ *kong.Path, f *kong.Flag) (any, error) {
	for key, value := range c {
		if flagName(key) == f.Name {
			return value, nil
		}
	}
	return nil, nil //nolint:nilnil // kong's word for "not set here"
}

func flagName(key string) string { return strings.ReplaceAll(key, "_", "-") }
