package cli

import (
	"os"
	"strings"

	"github.com/huiguan/huiguan/internal/fault"
	"github.com/huiguan/huiguan/internal/mail"
)

// mailFlags say how letters are sent. The password may stand in the address, but
// then whoever lists this machine's processes sees it.
type mailFlags struct {
	SMTP         string `help:"cli.flag_smtp" name:"smtp" env:"HUIGUAN_SMTP" placeholder:"URL"`
	MailFrom     string `help:"cli.flag_mail_from" name:"mail-from" env:"HUIGUAN_MAIL_FROM" placeholder:"ADDRESS"`
	PasswordFile string `help:"cli.flag_smtp_password_file" name:"smtp-password-file" type:"path" env:"HUIGUAN_SMTP_PASSWORD_FILE" placeholder:"FILE"`
}

// mail reads the flags, and the password from where it is.
func (f mailFlags) mail(r *run) (mail.Setup, error) {
	password := r.in.Env("HUIGUAN_SMTP_PASSWORD")
	if f.PasswordFile != "" {
		text, err := os.ReadFile(f.PasswordFile)
		if err != nil {
			return mail.Setup{}, fault.Because(err, fault.Misuse, "cli.unreadable", fault.Args{"file": f.PasswordFile})
		}
		password = strings.TrimRight(string(text), "\r\n")
	}
	return mail.ParseSetup(f.SMTP, f.MailFrom, password)
}
