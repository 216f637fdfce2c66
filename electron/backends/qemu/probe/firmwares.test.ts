import { expect, it } from 'vitest'
import { firmwaresFrom } from './firmwares'

const secure = `{
  "description": "UEFI firmware for x86_64, with Secure Boot and SMM, MS certs enrolled",
  "interface-types": ["uefi"],
  "mapping": {
    "device": "flash",
    "executable": { "filename": "/usr/share/OVMF/OVMF_CODE_4M.ms.fd", "format": "raw" },
    "nvram-template": { "filename": "/usr/share/OVMF/OVMF_VARS_4M.ms.fd", "format": "raw" }
  },
  "targets": [{ "architecture": "x86_64", "machines": ["pc-q35-*"] }],
  "features": ["acpi-s3", "amd-sev", "enrolled-keys", "requires-smm", "secure-boot", "verbose-dynamic"],
  "tags": []
}`
const memory = `{ "interface-types": ["uefi"], "mapping": { "device": "memory", "filename": "/x" }, "targets": [], "features": [] }`

it('firmwares are read of their descriptors in the order of the names', () => {
  const plain = secure.replaceAll('.ms', '').replace('"enrolled-keys", "requires-smm", "secure-boot", ', '')
  expect(firmwaresFrom(`\u001e60-plain.json\n${plain}\u001e40-secure.json\n${secure}`)).toEqual([
    {
      code: '/usr/share/OVMF/OVMF_CODE_4M.ms.fd',
      codeFormat: 'raw',
      variables: '/usr/share/OVMF/OVMF_VARS_4M.ms.fd',
      variablesFormat: 'raw',
      architectures: ['x86_64'],
      machines: ['pc-q35-*'],
      features: expect.arrayContaining(['secure-boot', 'enrolled-keys', 'requires-smm']),
    },
    expect.objectContaining({ code: '/usr/share/OVMF/OVMF_CODE_4M.fd', machines: ['pc-q35-*'] }),
  ])
})

it('files that are none, or of another kind, are passed over', () => {
  expect(firmwaresFrom(`\u001ea.json\n{ broken\u001eb.json\n${memory}`)).toEqual([])
  expect(firmwaresFrom(`\u001ec.json\n${secure.replace('"/usr/share/OVMF/OVMF_CODE', '"relative')}`)).toEqual(
    [],
  )
  expect(firmwaresFrom('')).toEqual([])
})
