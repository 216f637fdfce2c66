import { expect, it } from 'vitest'
import { commandOptions } from './command-options'

it('takes a command apart in front of each long option, so that joining them gives it back', () => {
  const command = 'virt-install --name web-01 --disk path=/i/web-01.qcow2,size=20 --noautoconsole'
  const options = commandOptions(command)
  expect(options).toEqual([
    'virt-install',
    '--name web-01',
    '--disk path=/i/web-01.qcow2,size=20',
    '--noautoconsole',
  ])
  expect(options.join(' ')).toBe(command)
})

it('leaves together what is quoted or escaped, such as the arguments for a kernel', () => {
  expect(commandOptions("a --extra-args 'auto=true --- quiet' --x")).toEqual([
    'a',
    "--extra-args 'auto=true --- quiet'",
    '--x',
  ])
  expect(commandOptions('a --name "say \\" --no" --y')).toEqual(['a', '--name "say \\" --no"', '--y'])
  expect(commandOptions("a it\\'s --z")).toEqual(["a it\\'s", '--z'])
})
