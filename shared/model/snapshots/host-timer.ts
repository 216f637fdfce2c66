/**
 * The same schedule for when Innkeeper does not run: a script, a service and a timer of systemd for the host itself. The
 * script deletes only what has both its kind of name and its own description, so neither it nor Innkeeper touches what
 * the other has made.
 */
import type { RecipeStep } from '../../recipes/recipe'
import { shellWord } from '../../shell-word'
import type { HostInfo } from '../host'
import type { VmId } from '../ids'
import { weekdays, type Rhythm } from './rhythm'
import type { Schedule } from './schedule'
import { allowed, refused, type Verdict } from './verdict'

export interface HostTimer {
  readonly script: { readonly path: string; readonly content: string }
  readonly service: { readonly path: string; readonly content: string }
  readonly timer: { readonly path: string; readonly content: string }
  readonly install: readonly RecipeStep[]
  readonly undo: readonly RecipeStep[]
}

type About = Pick<HostInfo, 'connectedUri' | 'daemon'>

/** Whether virsh on the host can take and delete such snapshots. */
export function whyNoTimer({ kind }: Schedule, { daemon }: About): Verdict {
  if (kind === 'internal') return allowed
  if (kind === 'memory')
    return refused(
      'A timer on the host keeps no memory in files of its own',
      'Choose “Inside the disk images” or “The disks, in files of their own”.',
    )
  // since libvirt 9.0.0; see https://libvirt.org/news.html
  return daemon === undefined || Number(daemon.version.split('.')[0]) >= 9
    ? allowed
    : refused(
        `virsh of libvirt ${daemon.version} cannot delete snapshots in files of their own, so the chain would only grow`,
        'Choose “Inside the disk images”, or leave it to Innkeeper, which merges the files itself.',
      )
}

export function hostTimer(
  vm: { readonly id: VmId; readonly name: string },
  schedule: Schedule,
  { connectedUri }: About,
): HostTimer {
  const isOfUser = /\/session(\?|$)/.test(connectedUri)
  const own = unitName(vm)
  const places = isOfUser
    ? { scripts: '~/.local/bin', fromUnits: '%h/.local/bin', units: '~/.config/systemd/user' }
    : { scripts: '/usr/local/sbin', fromUnits: '/usr/local/sbin', units: '/etc/systemd/system' }
  const sudo = isOfUser ? '' : 'sudo '
  const systemctl = isOfUser ? 'systemctl --user' : 'sudo systemctl'
  const script = { path: `${places.scripts}/${own}`, content: scriptOf(vm, schedule, connectedUri) }
  const service = {
    path: `${places.units}/${own}.service`,
    content: serviceOf(vm.name, `${places.fromUnits}/${own}`),
  }
  const timer = { path: `${places.units}/${own}.timer`, content: timerOf(vm.name, schedule) }
  return {
    script,
    service,
    timer,
    install: [
      {
        where: 'host',
        text: 'The script that takes a snapshot and deletes the oldest of its own.',
        file: script,
      },
      { where: 'host', text: 'The service that runs it.', file: service },
      { where: 'host', text: 'The timer that starts the service.', file: timer },
      {
        where: 'host',
        text: 'Make the script a program, and switch the timer on. The last line shows when it is due.',
        commands: [
          `${sudo}chmod 755 ${script.path}`,
          `${systemctl} daemon-reload`,
          `${systemctl} enable --now ${own}.timer`,
          // units of a user rest while nobody is signed in
          ...(isOfUser ? ['loginctl enable-linger'] : []),
          `${systemctl} list-timers ${own}.timer`,
        ].join('\n'),
      },
    ],
    undo: [
      {
        where: 'host',
        text: 'Switch the timer off again. Snapshots that it took stay.',
        commands: [
          `${systemctl} disable --now ${own}.timer`,
          `${sudo}rm ${script.path} ${service.path} ${timer.path}`,
          `${systemctl} daemon-reload`,
        ].join('\n'),
      },
    ],
  }
}

/** As systemd.time(7) writes it. */
export function onCalendar(of: Rhythm): string {
  if (of.kind === 'hours') return of.every === 1 ? '*-*-* *:00:00' : `*-*-* 00/${of.every}:00:00`
  const daily = `*-*-* ${of.at}:00`
  if (of.kind === 'daily') return daily
  return `${weekdays.filter((day) => of.days.includes(day)).join(',')} ${daily}`
}

function scriptOf(vm: { readonly id: VmId; readonly name: string }, of: Schedule, uri: string): string {
  return `#!/bin/sh
# Takes a snapshot of the VM ${oneLine(vm.name)} and keeps the newest ${of.keep} of its own.
# Only snapshots with both its kind of name and its description are ever deleted.
set -eu
export LC_ALL=C
uri=${shellWord(uri)}
vm=${shellWord(vm.id)}
prefix=${shellWord(of.prefix)}
keep=${of.keep}
mark='Taken by the timer of this host'

on_host() {
    virsh -q -c "$uri" "$@"
}
${of.whileOff ? '' : passOver}
${of.kind === 'internal' ? "how=''" : disksOnly(of.quiesce)}
# $how is options, or nothing
on_host snapshot-create-as "$vm" "$prefix-$(date +%Y-%m-%d-%H%M%S)-timer" --description "$mark" --atomic $how

names=$(on_host snapshot-list "$vm" --name | sort)
own=''
for name in $names; do
    case $name in
        "$prefix"-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]-timer) ;;
        *) continue ;;
    esac
    if on_host snapshot-dumpxml "$vm" "$name" | grep -qxF "  <description>$mark</description>"; then
        own="$own $name"
    fi
done
set -- $own
while [ "$#" -gt "$keep" ]; do
    on_host snapshot-delete "$vm" "$1"
    shift
done
`
}

const passOver = `
case $(on_host domstate "$vm") in
    'shut off' | crashed)
        echo 'The VM is off: nothing has changed, so no snapshot is taken.'
        exit 0
        ;;
esac
`

function disksOnly(quiesce: boolean): string {
  if (!quiesce) return "how='--disk-only'"
  return `how='--disk-only'
# file systems are settled where the guest's agent answers
if on_host qemu-agent-command "$vm" '{"execute":"guest-ping"}' >/dev/null 2>&1; then
    how='--disk-only --quiesce'
fi`
}

function serviceOf(vmName: string, script: string): string {
  return `[Unit]
Description=Snapshot of the VM “${unitText(vmName)}”, of which the newest are kept
After=libvirtd.service virtqemud.service

[Service]
Type=oneshot
ExecStart=${script}
`
}

function timerOf(vmName: string, { rhythm, makesUp }: Schedule): string {
  return `[Unit]
Description=When snapshots of the VM “${unitText(vmName)}” are taken

[Timer]
OnCalendar=${onCalendar(rhythm)}
Persistent=${makesUp ? 'true' : 'false'}

[Install]
WantedBy=timers.target
`
}

/** Two VMs whose names differ by what no file may have still have names of their own. */
function unitName({ id, name }: { readonly id: VmId; readonly name: string }): string {
  const plain = name.replaceAll(/[^A-Za-z0-9_]+/g, '-').replaceAll(/^-+|-+$/g, '')
  return ['innkeeper-snapshot', plain.slice(0, 40), id.slice(0, 8)].filter((part) => part !== '').join('-')
}

/** A line break in a name would end the comment. */
const oneLine = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- these are what is left out
  text.replaceAll(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, ' ')

/** A percent sign is special in units; see systemd.unit(5), specifiers. */
const unitText = (text: string): string => oneLine(text).replaceAll('%', '%%')
