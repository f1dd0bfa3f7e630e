// The peer: every link, footnote reference and component that remark sees in a folder of pages, one JSON object a line.
import {readdirSync, readFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {unified} from 'unified'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkMdx from 'remark-mdx'
import remarkParse from 'remark-parse'
import {visitParents} from 'unist-util-visit-parents'

const root = process.argv[2]
const plain = unified().use(remarkParse).use(remarkFrontmatter, ['yaml', 'toml']).use(remarkGfm)
const mdx = unified().use(remarkParse).use(remarkFrontmatter, ['yaml', 'toml']).use(remarkGfm).use(remarkMdx)

function* pages(folder) {
  for (const entry of readdirSync(folder, {withFileTypes: true})) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* pages(path)
    else if (/\.mdx?$/.test(entry.name)) yield path
  }
}

function attribute(node, name) {
  const value = node.attributes.find((one) => one.name === name)?.value
  return typeof value === 'object' && value ? value.value.replace(/^(['"])(.*)\1$/, '$2') : value
}

function row(node, definitions) {
  if (node.type === 'link') return {kind: 'link', url: node.url}
  if (node.type === 'linkReference') return {kind: 'link', url: definitions.get(node.identifier)}
  if (node.type === 'footnoteReference') return {kind: 'footnoteReference', ref: node.label}
  if (!node.type.startsWith('mdxJsx')) return null
  if (node.name === 'a') return {kind: 'link', url: attribute(node, 'href') ?? ''}
  return node.name === 'R' ? {kind: 'R', id: attribute(node, 'id')} : null
}

for (const path of [...pages(root)].sort()) {
  const page = relative(root, path)
  let tree
  try {
    tree = (path.endsWith('x') ? mdx : plain).parse(readFileSync(path, 'utf8'))
  } catch (error) {
    console.error(`${page}: ${error.message}`)
    continue
  }
  const definitions = new Map()
  visitParents(tree, 'definition', (node) => {
    if (!definitions.has(node.identifier)) definitions.set(node.identifier, node.url)
  })
  visitParents(tree, (node, parents) => {
    const found = row(node, definitions)
    if (!found || (found.kind === 'link' && !/^https?:\/\//i.test(found.url))) return
    const footnote = parents.find((one) => one.type === 'footnoteDefinition')?.label ?? null
    const {line, column} = node.position.start
    console.log(JSON.stringify({page, line, column, ...found, footnote}))
  })
}
