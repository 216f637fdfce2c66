/** Autoinstall, which Ubuntu's installers read as cloud-init's user-data. */
import { yaml } from '../yaml'
import type { AnswersFacts, AnswersForm } from './answers'

export function autoinstall(form: AnswersForm, { hostname, passwordHash, disk }: AnswersFacts): string {
  const { user, language, keyboard, timeZone, packages, atEnd } = form
  return `#cloud-config\n${yaml({
    autoinstall: {
      version: 1,
      locale: `${language}.UTF-8`,
      keyboard: { layout: keyboard },
      timezone: timeZone,
      identity: {
        hostname,
        // it takes no empty one
        realname: user.fullName === '' ? user.name : user.fullName,
        username: user.name,
        password: passwordHash,
      },
      ssh: {
        'install-server': true,
        'allow-pw': true,
        ...(user.sshKeys.length === 0 ? {} : { 'authorized-keys': user.sshKeys }),
      },
      storage: { layout: { name: 'direct', match: { path: `/dev/${disk}` } } },
      ...(packages.length === 0 ? {} : { packages }),
      shutdown: atEnd === 'reboot' ? 'reboot' : 'poweroff',
    },
  })}`
}
