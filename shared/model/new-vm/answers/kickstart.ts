/** Kickstart, as Fedora's and Red Hat's Anaconda reads it (pykickstart: lines that are split like a shell's). */
import type { AnswersFacts, AnswersForm } from './answers'

export function kickstart(form: AnswersForm, { hostname, passwordHash, disk }: AnswersFacts): string {
  const { user, language, keyboard, timeZone, packages, atEnd } = form
  return [
    'text',
    `lang ${language}.UTF-8`,
    `keyboard --vckeymap=${keyboard} --xlayouts=${keyboard}`,
    `timezone ${timeZone} --utc`,
    `network --bootproto=dhcp --hostname=${hostname}`,
    'rootpw --lock',
    `user --name=${user.name} --groups=wheel --iscrypted --password=${passwordHash}${user.fullName === '' ? '' : ` --gecos="${user.fullName}"`}`,
    ...user.sshKeys.map((key) => `sshkey --username=${user.name} "${plainKey(key)}"`),
    // without the first of these nothing is touched that has no label yet; the second keeps all other disks as they are
    'zerombr',
    `ignoredisk --only-use=${disk}`,
    `clearpart --all --initlabel --drives=${disk}`,
    'autopart',
    'firstboot --disable',
    atEnd === 'reboot' ? 'reboot --eject' : 'poweroff',
    '',
    '%packages',
    '@core',
    ...packages,
    '%end',
    '',
  ].join('\n')
}

/** Without its comment, which may have any sign. */
export function plainKey(key: string): string {
  return key.split(' ').slice(0, 2).join(' ')
}
