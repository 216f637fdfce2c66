/** autounattend.xml, which the setup of Windows looks for in the root of every drive (Windows Vista and newer). */
import type { AnswersFacts, AnswersForm } from './answers'
import { xml, type XmlNode } from './xml'
import { windowsTimeZones } from './windows-time-zones'

const processor: Readonly<Record<string, string>> = { x86_64: 'amd64', i686: 'x86', aarch64: 'arm64' }

/** Folders of the driver disc (virtio-win) by the version of Windows; the setup passes over those that are not there. */
const driverFolders: Readonly<Record<string, readonly string[]>> = {
  '6.1': ['w7', '2k8R2'],
  '6.2': ['w8', '2k12'],
  '6.3': ['w8.1', '2k12R2'],
  '10.0': ['w10', '2k25', '2k22', '2k19', '2k16'],
  '11.0': ['w11'],
}
const drivers = ['viostor', 'vioscsi', 'NetKVM']
const letters = ['D', 'E', 'F', 'G']

export function autounattend(form: AnswersForm, facts: AnswersFacts): string {
  const locale = form.language.replace('_', '-')
  const machine = processor[facts.architecture] ?? 'amd64'
  const component = (name: string, nodes: readonly XmlNode[]): XmlNode => [
    'component',
    nodes,
    {
      name,
      processorArchitecture: machine,
      publicKeyToken: '31bf3856ad364e35',
      language: 'neutral',
      versionScope: 'nonSxS',
    },
  ]
  const languages: readonly XmlNode[] = [
    ['InputLocale', locale],
    ['SystemLocale', locale],
    ['UILanguage', locale],
    ['UserLocale', locale],
  ]
  return `<?xml version="1.0" encoding="utf-8"?>\n${xml([
    [
      'unattend',
      [
        [
          'settings',
          [
            component('Microsoft-Windows-International-Core-WinPE', languages),
            component('Microsoft-Windows-PnpCustomizationsWinPE', [
              ['DriverPaths', driverPaths(machine, facts.version)],
            ]),
            component('Microsoft-Windows-Setup', setup(form, facts)),
          ],
          { pass: 'windowsPE' },
        ],
        [
          'settings',
          [
            component('Microsoft-Windows-Shell-Setup', [
              ['ComputerName', computerName(facts.hostname)],
              ...timeZone(form),
            ]),
          ],
          { pass: 'specialize' },
        ],
        [
          'settings',
          [
            component('Microsoft-Windows-International-Core', languages),
            component('Microsoft-Windows-Shell-Setup', firstSession(form, facts)),
          ],
          { pass: 'oobeSystem' },
        ],
      ],
      {
        xmlns: 'urn:schemas-microsoft-com:unattend',
        'xmlns:wcm': 'http://schemas.microsoft.com/WMIConfig/2002/State',
      },
    ],
  ])}`
}

function driverPaths(machine: string, version = ''): XmlNode[] {
  const folder = machine === 'arm64' ? 'ARM64' : machine
  return letters
    .flatMap((letter) =>
      drivers.flatMap((driver) =>
        (driverFolders[version] ?? []).map((system) => `${letter}:\\${driver}\\${system}\\${folder}`),
      ),
    )
    .map((path, at) => [
      'PathAndCredentials',
      [['Path', path]],
      { 'wcm:action': 'add', 'wcm:keyValue': String(at + 1) },
    ])
}

function setup({ windows, user }: AnswersForm, { isEfi }: AnswersFacts): XmlNode[] {
  const { edition, productKey } = windows ?? {}
  const system = String(isEfi ? 3 : 2)
  return [
    ['DiskConfiguration', [['Disk', [['DiskID', '0'], ['WillWipeDisk', 'true'], ...partitions(isEfi)], add]]],
    [
      'ImageInstall',
      [
        [
          'OSImage',
          [
            ...(edition === undefined
              ? []
              : [
                  [
                    'InstallFrom',
                    [
                      [
                        'MetaData',
                        [
                          ['Key', '/IMAGE/NAME'],
                          ['Value', edition],
                        ],
                        add,
                      ],
                    ],
                  ] as const,
                ]),
            [
              'InstallTo',
              [
                ['DiskID', '0'],
                ['PartitionID', system],
              ],
            ],
          ],
        ],
      ],
    ],
    [
      'UserData',
      [
        ['AcceptEula', 'true'],
        ['FullName', user.fullName === '' ? user.name : user.fullName],
        [
          'ProductKey',
          [...(productKey === undefined ? [] : [['Key', productKey] as const]), ['WillShowUI', 'OnError']],
        ],
      ],
    ],
  ]
}

const add = { 'wcm:action': 'add' }

interface Partition {
  readonly type: string
  readonly sizeMebibytes?: number
  readonly format?: string
  readonly letter?: string
  readonly isActive?: boolean
}

/** Sizes in MiB, as Microsoft recommends them. */
function partitions(isEfi: boolean): XmlNode[] {
  const wanted: readonly Partition[] = isEfi
    ? [
        { type: 'EFI', sizeMebibytes: 300, format: 'FAT32' },
        { type: 'MSR', sizeMebibytes: 16 },
        { type: 'Primary', format: 'NTFS', letter: 'C' },
      ]
    : [
        { type: 'Primary', sizeMebibytes: 500, format: 'NTFS', isActive: true },
        { type: 'Primary', format: 'NTFS', letter: 'C' },
      ]
  return [
    [
      'CreatePartitions',
      wanted.map(({ type, sizeMebibytes }, at) => [
        'CreatePartition',
        [
          ['Order', String(at + 1)],
          ['Type', type],
          sizeMebibytes === undefined ? ['Extend', 'true'] : ['Size', String(sizeMebibytes)],
        ],
        add,
      ]),
    ],
    [
      'ModifyPartitions',
      wanted.flatMap(({ format, letter, isActive }, at): XmlNode[] =>
        format === undefined
          ? []
          : [
              [
                'ModifyPartition',
                [
                  ['Order', String(wanted.slice(0, at + 1).filter((one) => one.format !== undefined).length)],
                  ['PartitionID', String(at + 1)],
                  ['Format', format],
                  ...(letter === undefined ? [] : [['Letter', letter] as const]),
                  ...(isActive === true ? [['Active', 'true'] as const] : []),
                ],
                add,
              ],
            ],
      ),
    ],
  ]
}

/** Of at most fifteen signs, without dots. */
function computerName(hostname: string): string {
  const [name = ''] = hostname.split('.')
  return name.slice(0, 15).replace(/-+$/, '')
}

function timeZone({ timeZone: zone }: AnswersForm): XmlNode[] {
  const name = windowsTimeZones[zone]
  return name === undefined ? [] : [['TimeZone', name]]
}

function firstSession({ user, atEnd }: AnswersForm, { windowsPassword }: AnswersFacts): XmlNode[] {
  const password: XmlNode = [
    'Password',
    [
      ['Value', windowsPassword],
      ['PlainText', 'false'],
    ],
  ]
  return [
    ...(atEnd === 'reboot'
      ? []
      : // a command at its end needs somebody who is logged in, once
        [
          [
            'AutoLogon',
            [password, ['Enabled', 'true'], ['LogonCount', '1'], ['Username', user.name]],
          ] as const,
          [
            'FirstLogonCommands',
            [
              [
                'SynchronousCommand',
                [
                  ['Order', '1'],
                  ['CommandLine', 'shutdown /s /t 5'],
                ],
                add,
              ],
            ],
          ] as const,
        ]),
    [
      'OOBE',
      [
        ['HideEULAPage', 'true'],
        ['HideOnlineAccountScreens', 'true'],
        ['HideWirelessSetupInOOBE', 'true'],
        ['ProtectYourPC', '3'],
      ],
    ],
    [
      'UserAccounts',
      [
        [
          'LocalAccounts',
          [
            [
              'LocalAccount',
              [
                password,
                ['DisplayName', user.fullName === '' ? user.name : user.fullName],
                ['Group', 'Administrators'],
                ['Name', user.name],
              ],
              add,
            ],
          ],
        ],
      ],
    ],
  ]
}
