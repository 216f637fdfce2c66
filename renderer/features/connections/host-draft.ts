import type { AddHostInput, Host, SshEngine, UpdateHostInput } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { emptyForm, formOf, usesSsh, type HostForm } from './host-form'

/** All that the add and the edit dialog hold: the way to the host, and what Innkeeper itself keeps about it. Pure. */
export interface HostDraft {
  readonly form: HostForm
  readonly label: string
  readonly group: string
  readonly keyFile: string
  readonly sshEngine: SshEngine
  readonly readOnly: boolean
  readonly autoconnect: boolean
}

export function newDraft(group = ''): HostDraft {
  return {
    form: emptyForm,
    label: '',
    group,
    keyFile: '',
    sshEngine: 'builtin',
    readOnly: false,
    autoconnect: true,
  }
}

export function draftOf(host: Host): HostDraft {
  return {
    form: formOf(host.uri),
    label: host.label,
    group: host.group ?? '',
    keyFile: host.keyFile ?? '',
    sshEngine: host.sshEngine,
    readOnly: host.readOnly,
    autoconnect: host.autoconnect,
  }
}

/** A second host like the first; the same way twice is refused, so the user changes what differs. */
export function copyOf(host: Host): HostDraft {
  return { ...draftOf(host), label: `${host.label} (copy)` }
}

export function addInput(draft: HostDraft): AddHostInput {
  const { label, group, keyFile, sshEngine, readOnly, autoconnect, form } = trimmed(draft)
  return {
    uri: form.uri,
    autoconnect,
    ...(label === '' ? {} : { label }),
    ...(group === '' ? {} : { group }),
    ...(keyFile === '' ? {} : { keyFile }),
    ...(sshEngine === 'builtin' ? {} : { sshEngine }),
    ...(readOnly ? { readOnly } : {}),
  }
}

/** Only what differs: what another window changed meanwhile stays. */
export function updateInput(host: Host, draft: HostDraft): UpdateHostInput {
  const next = trimmed(draft)
  const before = draftOf(host)
  return {
    host: host.id,
    ...(next.form.uri === host.uri ? {} : { uri: next.form.uri }),
    ...(next.label === before.label ? {} : { label: next.label }),
    ...(next.group === before.group ? {} : { group: next.group }),
    ...(next.keyFile === before.keyFile ? {} : { keyFile: next.keyFile }),
    ...(next.sshEngine === before.sshEngine ? {} : { sshEngine: next.sshEngine }),
    ...(next.readOnly === before.readOnly ? {} : { readOnly: next.readOnly }),
    ...(next.autoconnect === before.autoconnect ? {} : { autoconnect: next.autoconnect }),
  }
}

/** Whether saving makes main reach the host anew. */
export function changesWay(input: UpdateHostInput): boolean {
  const { uri, keyFile, sshEngine, readOnly } = input
  return [uri, keyFile, sshEngine, readOnly].some((part) => part !== undefined)
}

/** Groups there are, in the order of the tree. */
export function groupNames(hosts: readonly Pick<Host, 'id' | 'group'>[], except?: HostId): string[] {
  const names = hosts.flatMap(({ id, group }) => (group === undefined || id === except ? [] : [group]))
  return [...new Set(names)]
}

function trimmed(draft: HostDraft): HostDraft {
  const isSsh = usesSsh(draft.form)
  return {
    ...draft,
    form: { ...draft.form, uri: draft.form.uri.trim() },
    label: draft.label.trim(),
    group: draft.group.trim(),
    // a key is of no use elsewhere, and one that is kept unseen would surprise later
    keyFile: isSsh ? draft.keyFile.trim() : '',
    sshEngine: isSsh ? draft.sshEngine : 'builtin',
  }
}
