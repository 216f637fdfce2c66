/** Preseed: answers to debconf's questions, one a line: whose, which, of what type, what. */
import type { AnswersFacts, AnswersForm, Mirror } from './answers'
import { plainKey } from './kickstart'

export function preseed(form: AnswersForm, facts: AnswersFacts): string {
  const { hostname, passwordHash, disk } = facts
  const { user, language, keyboard, timeZone, packages, atEnd } = form
  const [name = hostname, ...domain] = hostname.split('.')
  const { protocol, host, folder } = facts.mirror ?? usualMirror(facts)
  const all: readonly (readonly [question: string, type: string, answer: string])[] = [
    ['debian-installer/locale', 'string', `${language}.UTF-8`],
    ['keyboard-configuration/xkb-keymap', 'select', keyboard],
    ['netcfg/choose_interface', 'select', 'auto'],
    ['netcfg/get_hostname', 'string', name],
    ['netcfg/get_domain', 'string', domain.join('.')],
    ['netcfg/hostname', 'string', name],
    ['mirror/country', 'string', 'manual'],
    ['mirror/protocol', 'string', protocol],
    [`mirror/${protocol}/hostname`, 'string', host],
    [`mirror/${protocol}/directory`, 'string', folder],
    [`mirror/${protocol}/proxy`, 'string', ''],
    // the first user may become root then
    ['passwd/root-login', 'boolean', 'false'],
    ['passwd/user-fullname', 'string', user.fullName],
    ['passwd/username', 'string', user.name],
    ['passwd/user-password-crypted', 'password', passwordHash],
    ['user-setup/allow-password-weak', 'boolean', 'true'],
    ['clock-setup/utc', 'boolean', 'true'],
    ['time/zone', 'string', timeZone],
    ['partman-auto/disk', 'string', `/dev/${disk}`],
    ['partman-auto/method', 'string', 'regular'],
    ['partman-auto/choose_recipe', 'select', 'atomic'],
    ['partman-lvm/device_remove_lvm', 'boolean', 'true'],
    ['partman-md/device_remove_md', 'boolean', 'true'],
    ['partman-partitioning/confirm_write_new_label', 'boolean', 'true'],
    ['partman/choose_partition', 'select', 'finish'],
    ['partman/confirm', 'boolean', 'true'],
    ['partman/confirm_nooverwrite', 'boolean', 'true'],
    ['apt-setup/cdrom/set-first', 'boolean', 'false'],
    ['pkgsel/include', 'string', ['openssh-server', ...packages].join(' ')],
    ['pkgsel/update-policy', 'select', 'none'],
    ['grub-installer/only_debian', 'boolean', 'true'],
    ['grub-installer/bootdev', 'string', `/dev/${disk}`],
    ['finish-install/reboot_in_progress', 'note', ''],
    ...(atEnd === 'power-off' ? [['debian-installer/exit/poweroff', 'boolean', 'true'] as const] : []),
    ...(user.sshKeys.length === 0
      ? []
      : [['preseed/late_command', 'string', keysCommand(user.name, user.sshKeys)] as const]),
  ]
  return [
    ...all.map(([question, type, answer]) => `d-i ${question} ${type} ${answer}`.trimEnd()),
    'tasksel tasksel/first multiselect standard',
    'popularity-contest popularity-contest/participate boolean false',
    '',
  ].join('\n')
}

/** The signs of a key and of a user's name mean nothing to a shell. */
function keysCommand(user: string, keys: readonly string[]): string {
  const folder = `/home/${user}/.ssh`
  const lines = keys.map((key) => `echo "${plainKey(key)}" >> /target${folder}/authorized_keys`)
  return [
    `mkdir -p /target${folder}`,
    ...lines,
    `in-target chown -R ${user}:${user} ${folder}`,
    `chmod 700 /target${folder}`,
    `chmod 600 /target${folder}/authorized_keys`,
  ].join('; ')
}

function usualMirror({ distro }: AnswersFacts): Mirror {
  return distro === 'ubuntu'
    ? { protocol: 'http', host: 'archive.ubuntu.com', folder: '/ubuntu' }
    : { protocol: 'http', host: 'deb.debian.org', folder: '/debian' }
}
