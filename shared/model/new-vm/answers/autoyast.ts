/** AutoYaST's profile, of SUSE Linux Enterprise 15 and openSUSE. */
import type { AnswersFacts, AnswersForm } from './answers'
import { xml, type XmlNode } from './xml'

/** YaST has names of its own for the usual layouts. */
const keymaps: Readonly<Record<string, string>> = {
  us: 'english-us',
  gb: 'english-uk',
  de: 'german',
  fr: 'french',
  es: 'spanish',
  it: 'italian',
  pt: 'portugese',
  br: 'portugese-br',
  pl: 'polish',
  cz: 'czech',
  ru: 'russian',
  se: 'swedish',
  no: 'norwegian',
  dk: 'danish',
  fi: 'finnish',
  hu: 'hungarian',
  tr: 'turkish',
  jp: 'japanese',
  kr: 'korean',
}

const list = { 'config:type': 'list' }
const truth = (name: string, is: boolean): XmlNode => [name, String(is), { 'config:type': 'boolean' }]

export function autoyast(form: AnswersForm, facts: AnswersFacts): string {
  const { user, language, keyboard, timeZone, packages, atEnd } = form
  const [name = facts.hostname, ...domain] = facts.hostname.split('.')
  return `<?xml version="1.0"?>\n<!DOCTYPE profile>\n${xml([
    [
      'profile',
      [
        ['general', [['mode', [truth('confirm', false), truth('final_halt', atEnd === 'power-off')]]]],
        ['language', [['language', language]]],
        ['keyboard', [['keymap', keymaps[keyboard] ?? keyboard]]],
        [
          'timezone',
          [
            ['hwclock', 'UTC'],
            ['timezone', timeZone],
          ],
        ],
        [
          'networking',
          [
            [
              'dns',
              [['hostname', name], ...(domain.length === 0 ? [] : [['domain', domain.join('.')] as const])],
            ],
            truth('keep_install_network', true),
          ],
        ],
        [
          'partitioning',
          [['drive', [['device', `/dev/${facts.disk}`], truth('initialize', true), ['use', 'all']]]],
          list,
        ],
        ['services-manager', [['services', [['enable', [['service', 'sshd']], list]]]]],
        [
          'software',
          [
            ['products', [['product', product(facts)]], list],
            ['packages', ['openssh', ...packages].map((one) => ['package', one] as const), list],
          ],
        ],
        [
          'users',
          [
            [
              'user',
              [
                ['username', user.name],
                ...(user.fullName === '' ? [] : [['fullname', user.fullName] as const]),
                truth('encrypted', true),
                ['user_password', facts.passwordHash],
                ...(user.sshKeys.length === 0
                  ? []
                  : [
                      [
                        'authorized_keys',
                        user.sshKeys.map((key) => ['listentry', key] as const),
                        list,
                      ] as const,
                    ]),
              ],
            ],
            // its sudo asks for root's password
            ['user', [['username', 'root'], truth('encrypted', true), ['user_password', facts.passwordHash]]],
          ],
          list,
        ],
      ],
      { xmlns: 'http://www.suse.com/1.0/yast2ns', 'xmlns:config': 'http://www.suse.com/1.0/configns' },
    ],
  ])}`
}

function product({ distro, version }: AnswersFacts): string {
  if (distro === 'sle') return 'SLES'
  return version === 'tumbleweed' ? 'openSUSE' : 'Leap'
}
