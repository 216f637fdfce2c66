import { security } from '../../../../shared/model/hardware/kinds/security'
import { readAt, writeAt } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import { integerOf } from '../../numbers'
import { bind, type FieldBinding } from '../binding'
import { flagOfElement, wordOf } from '../places'

const policy = 'launchSecurity/policy'

/** What a guest gets unless it says more: AMD's SEV API, chapter 3 (no debugging, no shared keys), and SNP's own bit. */
const policies: Record<string, string> = { sev: '0x0003', 'sev-snp': '0x00030000' }

/** https://libvirt.org/formatdomain.html#security-label and #launch-security */
export const securityBinding = bind(security, {
  fields: {
    labels: {
      rows: 'seclabel',
      columns: {
        model: '@model',
        type: {
          read: (label) => label.attribute('type'),
          write: (label, value) => {
            if (value === label.attribute('type')) return
            // what the old kind had says nothing about the new one
            for (const child of label.children()) child.remove()
            label.setAttribute('relabel', undefined)
            label.setAttribute('type', value === undefined ? undefined : wordOf(value))
          },
        },
        label: onlyWhen('static', {
          read: (label) => label.find('label')?.text(),
          write: (label, value) => writeAt(label, 'label', value === undefined ? undefined : wordOf(value)),
        }),
        relabel: onlyWhen('static', {
          read: (label) => flags[label.attribute('relabel') ?? ''],
          write: (label, value) =>
            label.setAttribute('relabel', value === undefined ? undefined : value === true ? 'yes' : 'no'),
        }),
        base: onlyWhen('dynamic', {
          read: (label) => label.find('baselabel')?.text(),
          write: (label, value) =>
            writeAt(label, 'baselabel', value === undefined ? undefined : wordOf(value)),
        }),
      },
    },
    protection: {
      read: (domain) => readAt(domain, 'launchSecurity/@type'),
      write: (domain, value) => {
        const before = readAt(domain, 'launchSecurity/@type')
        if (value === before) return
        // each kind has settings of its own
        domain.find('launchSecurity')?.remove()
        if (value === undefined) return
        const type = wordOf(value)
        writeAt(domain, 'launchSecurity/@type', type)
        if (policies[type] !== undefined) writeAt(domain, policy, policies[type])
      },
    },
    noDebug: policyBit(0),
    noKeySharing: policyBit(1),
    encryptedState: policyBit(2),
    noSend: policyBit(3),
    kernelHashes: { at: 'launchSecurity/@kernelHashes', as: 'yes-no' },
    cbitpos: 'launchSecurity/cbitpos',
    reducedPhysBits: 'launchSecurity/reducedPhysBits',
    dhCert: 'launchSecurity/dhCert',
    session: 'launchSecurity/session',
    idBlock: 'launchSecurity/idBlock',
    idAuth: 'launchSecurity/idAuth',
    hostData: 'launchSecurity/hostData',
    authorKey: { at: 'launchSecurity/@authorKey', as: 'yes-no' },
    vcek: { at: 'launchSecurity/@vcek', as: 'yes-no' },
    aesWrap: flagOfElement("keywrap/cipher[@name='aes']", 'state', 'on', 'off'),
    deaWrap: flagOfElement("keywrap/cipher[@name='dea']", 'state', 'on', 'off'),
  },
})

const flags: Record<string, boolean> = { yes: true, no: false }

type Closure = Extract<FieldBinding, { read: unknown }>

/** The schema allows each part only in one kind of label. */
function onlyWhen(type: string, binding: Closure): Closure {
  const suits = (label: EditElement): boolean => (label.attribute('type') ?? 'dynamic') === type
  return {
    read: (label) => (suits(label) ? binding.read(label) : undefined),
    write: (label, value) => {
      if (suits(label)) binding.write(label, value)
    },
  }
}

/** SEV's policy is a number whose bits are permissions taken away; those that have no field stay. */
function policyBit(bit: number): Closure {
  const mask = 1 << bit
  const read = (domain: EditElement): number | undefined =>
    readAt(domain, 'launchSecurity/@type') === 'sev' ? hexOf(readAt(domain, policy)) : undefined
  return {
    read: (domain) => {
      const bits = read(domain)
      return bits === undefined ? undefined : (bits & mask) !== 0
    },
    write: (domain, value) => {
      const bits = read(domain)
      if (bits === undefined) return
      const wanted = value === true ? bits | mask : bits & ~mask
      if (wanted !== bits) writeAt(domain, policy, `0x${wanted.toString(16).padStart(4, '0')}`)
    },
  }
}

/** libvirt reads it as hexadecimal with and without "0x". */
function hexOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : integerOf(/^0x/i.test(text) ? text : `0x${text}`)
}
