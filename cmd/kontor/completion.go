package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// completionCmd writes what makes a shell complete commands and flags.
func (g *globals) completionCmd() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use: "completion SHELL", Short: "what makes bash, zsh, fish or powershell complete commands", ValidArgs: shells,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || !slices.Contains(shells, args[0]) {
				return usage("want one of %s", strings.Join(shells, ", "))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			switch root := cmd.Root(); args[0] {
			case "bash":
				err = root.GenBashCompletionV2(g.stdout, true)
			case "zsh":
				err = root.GenZshCompletion(g.stdout)
			case "fish":
				err = root.GenFishCompletion(g.stdout, true)
			default:
				err = root.GenPowerShellCompletionWithDesc(g.stdout)
			}
			if err != nil {
				return fmt.Errorf("write the completion: %w", err)
			}
			return nil
		},
	}
}
