account.person_id text collate C not null
account.login text collate C not null
account.email text collate C not null
account.state text collate C not null
account.password text collate C not null
account.password_at bigint
account.totp text collate C not null
account.totp_step bigint not null
account.webauthn_id text collate C not null
account.created_at bigint not null
account.updated_at bigint not null
account UNIQUE (login)
account FOREIGN KEY (person_id) REFERENCES person(id)
account PRIMARY KEY (person_id)
account CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text])))
account UNIQUE (webauthn_id)
CREATE INDEX account_email ON public.account USING btree (email)
CREATE UNIQUE INDEX account_login_key ON public.account USING btree (login)
CREATE UNIQUE INDEX account_pkey ON public.account USING btree (person_id)
CREATE UNIQUE INDEX account_webauthn_id_key ON public.account USING btree (webauthn_id)
api_token.id text collate C not null
api_token.hash text collate C not null
api_token.person_id text collate C not null
api_token.name text collate C not null
api_token.scopes text collate C not null
api_token.created_at bigint not null
api_token.expires_at bigint not null
api_token.used_at bigint
api_token.revoked_at bigint
api_token UNIQUE (hash)
api_token FOREIGN KEY (person_id) REFERENCES person(id)
api_token PRIMARY KEY (id)
CREATE UNIQUE INDEX api_token_hash_key ON public.api_token USING btree (hash)
CREATE INDEX api_token_person ON public.api_token USING btree (person_id, created_at)
CREATE UNIQUE INDEX api_token_pkey ON public.api_token USING btree (id)
article.id text collate C not null
article.org_id text collate C not null
article.column_id text collate C
article.kind text collate C not null
article.title text collate C not null
article.summary text collate C not null
article.lang text collate C not null
article.byline text collate C not null
article.source text collate C not null
article.state text collate C not null
article.published_on text collate C not null
article.published_at bigint
article.translation_of text collate C
article.revision bigint not null
article.edited boolean not null
article.created_at bigint not null
article.updated_at bigint not null
article.figures bigint not null
article.picture text collate C not null
article.body text collate C not null
article FOREIGN KEY (column_id) REFERENCES press_column(id)
article CHECK ((kind = ANY (ARRAY['article'::text, 'digest'::text])))
article FOREIGN KEY (org_id) REFERENCES organisation(id)
article PRIMARY KEY (id)
article CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text])))
article FOREIGN KEY (translation_of) REFERENCES article(id)
CREATE INDEX article_column ON public.article USING btree (column_id, state, published_at, id, published_on)
CREATE INDEX article_kind ON public.article USING btree (kind, state, published_at, id)
CREATE INDEX article_org ON public.article USING btree (org_id, state, published_at, id, published_on)
CREATE UNIQUE INDEX article_pkey ON public.article USING btree (id)
CREATE INDEX article_published ON public.article USING btree (state, published_at, id, published_on)
CREATE INDEX article_translation ON public.article USING btree (translation_of)
article_revision.article_id text collate C not null
article_revision.number bigint not null
article_revision.title text collate C not null
article_revision.body text collate C not null
article_revision.byline text collate C not null
article_revision.source text collate C not null
article_revision.at bigint not null
article_revision.actor text collate C not null
article_revision FOREIGN KEY (article_id) REFERENCES article(id)
article_revision PRIMARY KEY (article_id, number)
CREATE UNIQUE INDEX article_revision_pkey ON public.article_revision USING btree (article_id, number)
article_topic.article_id text collate C not null
article_topic.topic_id text collate C not null
article_topic FOREIGN KEY (article_id) REFERENCES article(id)
article_topic PRIMARY KEY (article_id, topic_id)
article_topic FOREIGN KEY (topic_id) REFERENCES topic(id)
CREATE UNIQUE INDEX article_topic_pkey ON public.article_topic USING btree (article_id, topic_id)
CREATE INDEX article_topic_topic ON public.article_topic USING btree (topic_id, article_id)
attempt.bucket text collate C not null
attempt.count bigint not null
attempt.expires_at bigint not null
attempt PRIMARY KEY (bucket)
CREATE INDEX attempt_expires ON public.attempt USING btree (expires_at)
CREATE UNIQUE INDEX attempt_pkey ON public.attempt USING btree (bucket)
audit_entry.seq bigint not null identity
audit_entry.at bigint not null
audit_entry.actor text collate C not null
audit_entry.action text collate C not null
audit_entry.org_id text collate C
audit_entry.object_kind text collate C not null
audit_entry.object_id text collate C not null
audit_entry.detail text collate C not null
audit_entry PRIMARY KEY (seq)
CREATE INDEX audit_entry_actor ON public.audit_entry USING btree (actor, seq)
CREATE INDEX audit_entry_at ON public.audit_entry USING btree (at, seq)
CREATE INDEX audit_entry_object ON public.audit_entry USING btree (object_kind, object_id, seq)
CREATE INDEX audit_entry_org ON public.audit_entry USING btree (org_id, seq)
CREATE UNIQUE INDEX audit_entry_pkey ON public.audit_entry USING btree (seq)
audit_link.last_seq bigint not null
audit_link.entries bigint not null
audit_link.hash text collate C not null
audit_link.at bigint not null
audit_link PRIMARY KEY (last_seq)
CREATE UNIQUE INDEX audit_link_pkey ON public.audit_link USING btree (last_seq)
ceremony.hash text collate C not null
ceremony.purpose text collate C not null
ceremony.person_id text collate C not null
ceremony.data text collate C not null
ceremony.expires_at bigint not null
ceremony PRIMARY KEY (hash)
CREATE INDEX ceremony_expires ON public.ceremony USING btree (expires_at)
CREATE UNIQUE INDEX ceremony_pkey ON public.ceremony USING btree (hash)
digest_section.digest_id text collate C not null
digest_section.position bigint not null
digest_section.org_id text collate C not null
digest_section.article_id text collate C not null
digest_section.heading text collate C not null
digest_section.abridged text collate C not null
digest_section.late boolean not null
digest_section FOREIGN KEY (article_id) REFERENCES article(id)
digest_section FOREIGN KEY (digest_id) REFERENCES article(id)
digest_section FOREIGN KEY (org_id) REFERENCES organisation(id)
digest_section PRIMARY KEY (digest_id, "position")
CREATE INDEX digest_section_article ON public.digest_section USING btree (article_id)
CREATE UNIQUE INDEX digest_section_pkey ON public.digest_section USING btree (digest_id, "position")
expectation.topic_id text collate C not null
expectation.org_id text collate C not null
expectation.name_hant text collate C not null
expectation.name_hans text collate C not null
expectation.name_en text collate C not null
expectation.path text collate C not null
expectation.kind text collate C not null
expectation.level bigint not null
expectation.position bigint not null
expectation.excused text collate C not null
expectation.frozen_state text collate C not null
expectation FOREIGN KEY (org_id) REFERENCES organisation(id)
expectation PRIMARY KEY (topic_id, org_id)
expectation FOREIGN KEY (topic_id) REFERENCES topic(id)
CREATE INDEX expectation_org ON public.expectation USING btree (org_id)
CREATE UNIQUE INDEX expectation_pkey ON public.expectation USING btree (topic_id, org_id)
fact.id text collate C not null
fact.org_id text collate C not null
fact.article_id text collate C not null
fact.position bigint not null
fact.date text collate C not null
fact.end_date text collate C not null
fact.date_text text collate C not null
fact.part_of_day text collate C not null
fact.kind text collate C not null
fact.mode text collate C not null
fact.headcount bigint
fact.headcount_about boolean not null
fact.hosts text collate C not null
fact.place text collate C not null
fact.quote text collate C not null
fact.history text collate C not null
fact FOREIGN KEY (article_id) REFERENCES article(id)
fact FOREIGN KEY (org_id) REFERENCES organisation(id)
fact PRIMARY KEY (id)
CREATE INDEX fact_article ON public.fact USING btree (article_id, "position")
CREATE INDEX fact_date ON public.fact USING btree (date, end_date)
CREATE INDEX fact_kind ON public.fact USING btree (kind, article_id)
CREATE INDEX fact_org ON public.fact USING btree (org_id, date)
CREATE UNIQUE INDEX fact_pkey ON public.fact USING btree (id)
CREATE INDEX fact_place ON public.fact USING btree (place, article_id) WHERE (place <> ''::text)
federation.id bigint not null
federation.preset text collate C not null
federation.lang text collate C not null
federation.zone text collate C not null
federation.base_url text collate C not null
federation.created_at bigint not null
federation CHECK ((id = 1))
federation PRIMARY KEY (id)
CREATE UNIQUE INDEX federation_pkey ON public.federation USING btree (id)
idempotency.form_key text collate C not null
idempotency.person_id text collate C not null
idempotency.route text collate C not null
idempotency.answer text collate C not null
idempotency.created_at bigint not null
idempotency PRIMARY KEY (form_key)
CREATE INDEX idempotency_created ON public.idempotency USING btree (created_at)
CREATE UNIQUE INDEX idempotency_pkey ON public.idempotency USING btree (form_key)
import_article.import_id text collate C not null
import_article.article_id text collate C not null
import_article.position bigint not null
import_article FOREIGN KEY (article_id) REFERENCES article(id)
import_article FOREIGN KEY (import_id) REFERENCES import_file(id)
import_article PRIMARY KEY (import_id, article_id)
CREATE INDEX import_article_article ON public.import_article USING btree (article_id)
CREATE UNIQUE INDEX import_article_pkey ON public.import_article USING btree (import_id, article_id)
import_bundle.id text collate C not null
import_bundle.hash text collate C not null
import_bundle.org_id text collate C not null
import_bundle.name text collate C not null
import_bundle.format text collate C not null
import_bundle.charset text collate C not null
import_bundle.site text collate C not null
import_bundle.reader_version text collate C not null
import_bundle.repair_version text collate C not null
import_bundle.done boolean not null
import_bundle.report text collate C not null
import_bundle.created_at bigint not null
import_bundle FOREIGN KEY (hash) REFERENCES media_file(hash)
import_bundle UNIQUE (hash, org_id)
import_bundle FOREIGN KEY (org_id) REFERENCES organisation(id)
import_bundle PRIMARY KEY (id)
CREATE UNIQUE INDEX import_bundle_hash_org_id_key ON public.import_bundle USING btree (hash, org_id)
CREATE INDEX import_bundle_org ON public.import_bundle USING btree (org_id)
CREATE UNIQUE INDEX import_bundle_pkey ON public.import_bundle USING btree (id)
import_file.id text collate C not null
import_file.hash text collate C not null
import_file.org_id text collate C not null
import_file.name text collate C not null
import_file.format text collate C not null
import_file.charset text collate C not null
import_file.reader_version text collate C not null
import_file.repair_version text collate C not null
import_file.article_id text collate C not null
import_file.report text collate C not null
import_file.created_at bigint not null
import_file FOREIGN KEY (article_id) REFERENCES article(id)
import_file FOREIGN KEY (hash) REFERENCES media_file(hash)
import_file UNIQUE (hash, org_id)
import_file FOREIGN KEY (org_id) REFERENCES organisation(id)
import_file PRIMARY KEY (id)
CREATE INDEX import_file_article ON public.import_file USING btree (article_id)
CREATE UNIQUE INDEX import_file_hash_org_id_key ON public.import_file USING btree (hash, org_id)
CREATE INDEX import_file_org ON public.import_file USING btree (org_id)
CREATE UNIQUE INDEX import_file_pkey ON public.import_file USING btree (id)
import_item.org_id text collate C not null
import_item.site text collate C not null
import_item.item_key text collate C not null
import_item.bundle_id text collate C not null
import_item.hash text collate C not null
import_item.open boolean not null
import_item.article_id text collate C
import_item.page_id text collate C
import_item.column_id text collate C
import_item.file text collate C
import_item FOREIGN KEY (article_id) REFERENCES article(id)
import_item FOREIGN KEY (bundle_id) REFERENCES import_bundle(id)
import_item FOREIGN KEY (column_id) REFERENCES press_column(id)
import_item FOREIGN KEY (file) REFERENCES media_file(hash)
import_item FOREIGN KEY (org_id) REFERENCES organisation(id)
import_item FOREIGN KEY (page_id) REFERENCES standing_page(id)
import_item PRIMARY KEY (org_id, site, item_key)
CREATE INDEX import_item_article ON public.import_item USING btree (article_id)
CREATE INDEX import_item_bundle ON public.import_item USING btree (bundle_id)
CREATE INDEX import_item_column ON public.import_item USING btree (column_id)
CREATE INDEX import_item_file ON public.import_item USING btree (file)
CREATE INDEX import_item_page ON public.import_item USING btree (page_id)
CREATE UNIQUE INDEX import_item_pkey ON public.import_item USING btree (org_id, site, item_key)
known_device.hash text collate C not null
known_device.person_id text collate C not null
known_device.created_at bigint not null
known_device.seen_at bigint not null
known_device FOREIGN KEY (person_id) REFERENCES person(id)
known_device PRIMARY KEY (hash)
CREATE INDEX known_device_person ON public.known_device USING btree (person_id)
CREATE UNIQUE INDEX known_device_pkey ON public.known_device USING btree (hash)
mail_letter.id text collate C not null
mail_letter.person_id text collate C
mail_letter.recipient text collate C not null
mail_letter.purpose text collate C not null
mail_letter.subject text collate C not null
mail_letter.body text collate C not null
mail_letter.state text collate C not null
mail_letter.attempts bigint not null
mail_letter.reason text collate C not null
mail_letter.created_at bigint not null
mail_letter.first_at bigint
mail_letter.next_at bigint not null
mail_letter.sent_at bigint
mail_letter FOREIGN KEY (person_id) REFERENCES person(id)
mail_letter PRIMARY KEY (id)
mail_letter CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text, 'dropped'::text])))
CREATE INDEX mail_letter_created ON public.mail_letter USING btree (created_at, id)
CREATE UNIQUE INDEX mail_letter_pkey ON public.mail_letter USING btree (id)
CREATE INDEX mail_letter_recipient ON public.mail_letter USING btree (recipient, created_at)
CREATE INDEX mail_letter_state ON public.mail_letter USING btree (state, next_at, id)
media_file.hash text collate C not null
media_file.size bigint not null
media_file.mime text collate C not null
media_file.created_at bigint not null
media_file PRIMARY KEY (hash)
CREATE UNIQUE INDEX media_file_pkey ON public.media_file USING btree (hash)
media_picture.hash text collate C not null
media_picture.width bigint not null
media_picture.height bigint not null
media_picture.created_at bigint not null
media_picture FOREIGN KEY (hash) REFERENCES media_file(hash)
media_picture PRIMARY KEY (hash)
CREATE UNIQUE INDEX media_picture_pkey ON public.media_picture USING btree (hash)
media_variant.picture text collate C not null
media_variant.width bigint not null
media_variant.height bigint not null
media_variant.mime text collate C not null
media_variant.file text collate C not null
media_variant FOREIGN KEY (file) REFERENCES media_file(hash)
media_variant FOREIGN KEY (picture) REFERENCES media_picture(hash)
media_variant PRIMARY KEY (picture, width)
CREATE INDEX media_variant_file ON public.media_variant USING btree (file)
CREATE UNIQUE INDEX media_variant_pkey ON public.media_variant USING btree (picture, width)
office_held.id text collate C not null
office_held.person_id text collate C not null
office_held.org_id text collate C not null
office_held.title_hant text collate C not null
office_held.title_hans text collate C not null
office_held.title_en text collate C not null
office_held.position bigint not null
office_held.from_on text collate C not null
office_held.until_on text collate C not null
office_held.public boolean not null
office_held.created_at bigint not null
office_held FOREIGN KEY (org_id) REFERENCES organisation(id)
office_held FOREIGN KEY (person_id) REFERENCES person(id)
office_held PRIMARY KEY (id)
CREATE INDEX office_held_org ON public.office_held USING btree (org_id, "position", id)
CREATE INDEX office_held_person ON public.office_held USING btree (person_id)
CREATE UNIQUE INDEX office_held_pkey ON public.office_held USING btree (id)
old_address.address text collate C not null
old_address.article_id text collate C
old_address.page_id text collate C
old_address.column_id text collate C
old_address.path text collate C not null
old_address.created_at bigint not null
old_address FOREIGN KEY (article_id) REFERENCES article(id)
old_address FOREIGN KEY (column_id) REFERENCES press_column(id)
old_address FOREIGN KEY (page_id) REFERENCES standing_page(id)
old_address PRIMARY KEY (address)
CREATE INDEX old_address_article ON public.old_address USING btree (article_id)
CREATE INDEX old_address_column ON public.old_address USING btree (column_id)
CREATE INDEX old_address_page ON public.old_address USING btree (page_id)
CREATE UNIQUE INDEX old_address_pkey ON public.old_address USING btree (address)
org_alias.name_key text collate C not null
org_alias.org_id text collate C not null
org_alias FOREIGN KEY (org_id) REFERENCES organisation(id)
org_alias PRIMARY KEY (name_key, org_id)
CREATE INDEX org_alias_org ON public.org_alias USING btree (org_id)
CREATE UNIQUE INDEX org_alias_pkey ON public.org_alias USING btree (name_key, org_id)
org_kind.slug text collate C not null
org_kind.level bigint not null
org_kind.place text collate C not null
org_kind.name_hant text collate C not null
org_kind.name_hans text collate C not null
org_kind.name_en text collate C not null
org_kind PRIMARY KEY (slug)
CREATE UNIQUE INDEX org_kind_pkey ON public.org_kind USING btree (slug)
org_kind_rule.parent text collate C not null
org_kind_rule.child text collate C not null
org_kind_rule FOREIGN KEY (child) REFERENCES org_kind(slug)
org_kind_rule FOREIGN KEY (parent) REFERENCES org_kind(slug)
org_kind_rule PRIMARY KEY (parent, child)
CREATE UNIQUE INDEX org_kind_rule_pkey ON public.org_kind_rule USING btree (parent, child)
org_link.id text collate C not null
org_link.from_id text collate C not null
org_link.to_id text collate C not null
org_link.relation text collate C not null
org_link.created_at bigint not null
org_link CHECK ((from_id <> to_id))
org_link FOREIGN KEY (from_id) REFERENCES organisation(id)
org_link UNIQUE (from_id, to_id, relation)
org_link PRIMARY KEY (id)
org_link CHECK ((relation = ANY (ARRAY['affiliate'::text, 'twin'::text, 'second-parent'::text])))
org_link FOREIGN KEY (to_id) REFERENCES organisation(id)
CREATE UNIQUE INDEX org_link_from_id_to_id_relation_key ON public.org_link USING btree (from_id, to_id, relation)
CREATE UNIQUE INDEX org_link_pkey ON public.org_link USING btree (id)
CREATE INDEX org_link_to ON public.org_link USING btree (to_id)
org_profile.org_id text collate C not null
org_profile.body text collate C not null
org_profile.picture text collate C
org_profile.region_key text collate C not null
org_profile.words text collate C not null
org_profile.updated_at bigint not null
org_profile FOREIGN KEY (org_id) REFERENCES organisation(id)
org_profile FOREIGN KEY (picture) REFERENCES media_file(hash)
org_profile PRIMARY KEY (org_id)
CREATE INDEX org_profile_picture ON public.org_profile USING btree (picture)
CREATE UNIQUE INDEX org_profile_pkey ON public.org_profile USING btree (org_id)
org_redirect.path text collate C not null
org_redirect.org_id text collate C not null
org_redirect.created_at bigint not null
org_redirect FOREIGN KEY (org_id) REFERENCES organisation(id)
org_redirect PRIMARY KEY (path)
CREATE INDEX org_redirect_org ON public.org_redirect USING btree (org_id)
CREATE UNIQUE INDEX org_redirect_pkey ON public.org_redirect USING btree (path)
org_table.id text collate C not null
org_table.org_id text collate C not null
org_table.person_id text collate C not null
org_table.job_id bigint not null
org_table.lang text collate C not null
org_table.cells text collate C not null
org_table.total bigint not null
org_table.done bigint not null
org_table.wrong text collate C not null
org_table.created_at bigint not null
org_table.ended_at bigint
org_table FOREIGN KEY (org_id) REFERENCES organisation(id)
org_table FOREIGN KEY (person_id) REFERENCES person(id)
org_table PRIMARY KEY (id)
CREATE INDEX org_table_created ON public.org_table USING btree (created_at)
CREATE INDEX org_table_job ON public.org_table USING btree (job_id)
CREATE INDEX org_table_person ON public.org_table USING btree (person_id, created_at)
CREATE UNIQUE INDEX org_table_pkey ON public.org_table USING btree (id)
organisation.id text collate C not null
organisation.parent_id text collate C
organisation.slug text collate C not null
organisation.path text collate C not null
organisation.kind text collate C not null
organisation.name_hant text collate C not null
organisation.name_hans text collate C not null
organisation.name_en text collate C not null
organisation.position bigint not null
organisation.status text collate C not null
organisation.founded text collate C not null
organisation.closed_at bigint
organisation.created_at bigint not null
organisation.updated_at bigint not null
organisation.tree_order text collate C not null
organisation.merged_into text collate C
organisation FOREIGN KEY (kind) REFERENCES org_kind(slug)
organisation FOREIGN KEY (parent_id) REFERENCES organisation(id)
organisation UNIQUE (parent_id, slug)
organisation UNIQUE (path)
organisation PRIMARY KEY (id)
organisation CHECK ((status = ANY (ARRAY['active'::text, 'closed'::text])))
CREATE INDEX organisation_kind ON public.organisation USING btree (kind, status, tree_order, id)
CREATE UNIQUE INDEX organisation_one_root ON public.organisation USING btree (slug) WHERE (parent_id IS NULL)
CREATE INDEX organisation_parent ON public.organisation USING btree (parent_id, "position", id)
CREATE UNIQUE INDEX organisation_parent_id_slug_key ON public.organisation USING btree (parent_id, slug)
CREATE UNIQUE INDEX organisation_path_key ON public.organisation USING btree (path)
CREATE UNIQUE INDEX organisation_pkey ON public.organisation USING btree (id)
CREATE INDEX organisation_slug ON public.organisation USING btree (slug, id)
CREATE INDEX organisation_tree ON public.organisation USING btree (tree_order, status, kind, id)
passkey.id text collate C not null
passkey.person_id text collate C not null
passkey.name text collate C not null
passkey.credential text collate C not null
passkey.created_at bigint not null
passkey.used_at bigint
passkey FOREIGN KEY (person_id) REFERENCES person(id)
passkey PRIMARY KEY (id)
CREATE INDEX passkey_person ON public.passkey USING btree (person_id, created_at)
CREATE UNIQUE INDEX passkey_pkey ON public.passkey USING btree (id)
person.id text collate C not null
person.org_id text collate C not null
person.name_hant text collate C not null
person.name_hans text collate C not null
person.name_en text collate C not null
person.words text collate C not null
person.lang text collate C not null
person.status text collate C not null
person.left_at bigint
person.created_at bigint not null
person.updated_at bigint not null
person FOREIGN KEY (org_id) REFERENCES organisation(id)
person PRIMARY KEY (id)
person CHECK ((status = ANY (ARRAY['active'::text, 'left'::text])))
CREATE INDEX person_org ON public.person USING btree (org_id, id)
CREATE UNIQUE INDEX person_pkey ON public.person USING btree (id)
press_column.id text collate C not null
press_column.org_id text collate C not null
press_column.slug text collate C not null
press_column.title_hant text collate C not null
press_column.title_hans text collate C not null
press_column.title_en text collate C not null
press_column.position bigint not null
press_column FOREIGN KEY (org_id) REFERENCES organisation(id)
press_column UNIQUE (org_id, slug)
press_column PRIMARY KEY (id)
CREATE UNIQUE INDEX press_column_org_id_slug_key ON public.press_column USING btree (org_id, slug)
CREATE UNIQUE INDEX press_column_pkey ON public.press_column USING btree (id)
recovery_code.person_id text collate C not null
recovery_code.hash text collate C not null
recovery_code.used_at bigint
recovery_code FOREIGN KEY (person_id) REFERENCES person(id)
recovery_code PRIMARY KEY (person_id, hash)
CREATE UNIQUE INDEX recovery_code_pkey ON public.recovery_code USING btree (person_id, hash)
role_grant.id text collate C not null
role_grant.person_id text collate C not null
role_grant.org_id text collate C not null
role_grant.role text collate C not null
role_grant.below boolean not null
role_grant.from_at bigint
role_grant.until_at bigint
role_grant.granted_by text collate C not null
role_grant.created_at bigint not null
role_grant.revoked_at bigint
role_grant.revoked_by text collate C not null
role_grant FOREIGN KEY (org_id) REFERENCES organisation(id)
role_grant FOREIGN KEY (person_id) REFERENCES person(id)
role_grant PRIMARY KEY (id)
CREATE INDEX role_grant_org ON public.role_grant USING btree (org_id, revoked_at)
CREATE INDEX role_grant_person ON public.role_grant USING btree (person_id, revoked_at)
CREATE UNIQUE INDEX role_grant_pkey ON public.role_grant USING btree (id)
search_document.seq bigint not null identity
search_document.id text collate C not null
search_document.kind text collate C not null
search_document.org_id text collate C not null
search_document.title text collate C not null
search_document.at bigint not null
search_document.also text collate C not null
search_document.lang text collate C not null
search_document.year text collate C not null
search_document.named boolean not null
search_document UNIQUE (id)
search_document FOREIGN KEY (org_id) REFERENCES organisation(id)
search_document PRIMARY KEY (seq)
CREATE UNIQUE INDEX search_document_id_key ON public.search_document USING btree (id)
CREATE INDEX search_document_org ON public.search_document USING btree (org_id)
CREATE UNIQUE INDEX search_document_pkey ON public.search_document USING btree (seq)
search_form.version bigint not null
search_form PRIMARY KEY (version)
CREATE UNIQUE INDEX search_form_pkey ON public.search_form USING btree (version)
search_index.rowid bigint not null
search_index.tokens tsvector not null
search_index PRIMARY KEY (rowid)
CREATE UNIQUE INDEX search_index_pkey ON public.search_index USING btree (rowid)
CREATE INDEX search_index_tokens ON public.search_index USING gin (tokens) WITH (fastupdate=off)
search_part.document bigint not null
search_part.part bigint not null
search_part.body text collate C not null
search_part FOREIGN KEY (document) REFERENCES search_document(seq)
search_part PRIMARY KEY (document, part)
CREATE UNIQUE INDEX search_part_pkey ON public.search_part USING btree (document, part)
search_tag.document bigint not null
search_tag.tag text collate C not null
search_tag FOREIGN KEY (document) REFERENCES search_document(seq)
search_tag PRIMARY KEY (document, tag)
CREATE UNIQUE INDEX search_tag_pkey ON public.search_tag USING btree (document, tag)
search_word.word text collate C not null
search_word PRIMARY KEY (word)
CREATE UNIQUE INDEX search_word_pkey ON public.search_word USING btree (word)
session.hash text collate C not null
session.id text collate C not null
session.person_id text collate C not null
session.agent text collate C not null
session.factors text collate C not null
session.view_as text collate C not null
session.created_at bigint not null
session.seen_at bigint not null
session.verified_at bigint not null
session.expires_at bigint not null
session UNIQUE (id)
session FOREIGN KEY (person_id) REFERENCES person(id)
session PRIMARY KEY (hash)
CREATE INDEX session_expires ON public.session USING btree (expires_at)
CREATE UNIQUE INDEX session_id_key ON public.session USING btree (id)
CREATE INDEX session_person ON public.session USING btree (person_id, created_at)
CREATE UNIQUE INDEX session_pkey ON public.session USING btree (hash)
shown_file.hash text collate C not null
shown_file.owner text collate C not null
shown_file.owner_id text collate C not null
shown_file.article_id text collate C not null
shown_file CHECK ((owner = ANY (ARRAY['article'::text, 'section'::text, 'page'::text])))
shown_file PRIMARY KEY (hash, owner, owner_id, article_id)
CREATE INDEX shown_file_owner ON public.shown_file USING btree (owner_id)
CREATE UNIQUE INDEX shown_file_pkey ON public.shown_file USING btree (hash, owner, owner_id, article_id)
site.id bigint not null
site.value text collate C not null
site.updated_at bigint not null
site CHECK ((id = 1))
site PRIMARY KEY (id)
CREATE UNIQUE INDEX site_pkey ON public.site USING btree (id)
standing_page.id text collate C not null
standing_page.org_id text collate C not null
standing_page.slug text collate C not null
standing_page.lang text collate C not null
standing_page.title text collate C not null
standing_page.summary text collate C not null
standing_page.state text collate C not null
standing_page.position bigint not null
standing_page.revision bigint not null
standing_page.edited boolean not null
standing_page.created_at bigint not null
standing_page.updated_at bigint not null
standing_page.body text collate C not null
standing_page FOREIGN KEY (org_id) REFERENCES organisation(id)
standing_page UNIQUE (org_id, slug, lang)
standing_page PRIMARY KEY (id)
standing_page CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text])))
CREATE UNIQUE INDEX standing_page_org_id_slug_lang_key ON public.standing_page USING btree (org_id, slug, lang)
CREATE UNIQUE INDEX standing_page_pkey ON public.standing_page USING btree (id)
standing_page_revision.page_id text collate C not null
standing_page_revision.number bigint not null
standing_page_revision.title text collate C not null
standing_page_revision.body text collate C not null
standing_page_revision.at bigint not null
standing_page_revision.actor text collate C not null
standing_page_revision FOREIGN KEY (page_id) REFERENCES standing_page(id)
standing_page_revision PRIMARY KEY (page_id, number)
CREATE UNIQUE INDEX standing_page_revision_pkey ON public.standing_page_revision USING btree (page_id, number)
ticket.hash text collate C not null
ticket.purpose text collate C not null
ticket.person_id text collate C not null
ticket.created_by text collate C not null
ticket.created_at bigint not null
ticket.expires_at bigint not null
ticket.used_at bigint
ticket FOREIGN KEY (person_id) REFERENCES person(id)
ticket PRIMARY KEY (hash)
ticket CHECK ((purpose = ANY (ARRAY['invitation'::text, 'reset'::text])))
CREATE INDEX ticket_person ON public.ticket USING btree (person_id, purpose)
CREATE UNIQUE INDEX ticket_pkey ON public.ticket USING btree (hash)
topic.id text collate C not null
topic.org_id text collate C not null
topic.slug text collate C not null
topic.title_hant text collate C not null
topic.title_hans text collate C not null
topic.title_en text collate C not null
topic.body text collate C not null
topic.asked_at bigint not null
topic.deadline bigint
topic.frozen_at bigint
topic FOREIGN KEY (org_id) REFERENCES organisation(id)
topic UNIQUE (org_id, slug)
topic PRIMARY KEY (id)
CREATE UNIQUE INDEX topic_org_id_slug_key ON public.topic USING btree (org_id, slug)
CREATE UNIQUE INDEX topic_pkey ON public.topic USING btree (id)
