{% set found_here = [
    'int_identity_issues_found', 'int_figure_issues_found', 'int_gap_issues_found', 'int_roster_issues_found',
] %}
{% set joiners = {'zh': ' || ', 'en': " || ' ' || "} %}

with

landed as (
    select * from {{ ref('stg_issues') }}
),

found as (
    {% for model in found_here %}
    select * from {{ ref(model) }}
    {{ 'union all by name' if not loop.last }}
    {% endfor %}
),

rules as (
    select * from {{ ref('rules') }}
),

schools as (
    select * from {{ ref('dim_school') }}
),

names as (
    select
        school_code,
        arg_max(school_name, school_year) as school_name
    from schools
    group by school_code
),

labels as (
    select * from {{ ref('dim_label') }}
),

resolved as (
    select * from {{ ref('int_school_references_resolved') }}
),

worded as (
    select
        found.*,
        rules.severity,
    {% for language in ['zh', 'en'] %}
        {{ filled('rules.message_' ~ language ~ joiners[language] ~ 'rules.remedy_' ~ language, {
            'school': "coalesce(names.school_name, found.school_code, '')",
            'stage': "coalesce(stages.label_" ~ language ~ ", '')",
            'item': "coalesce(found.item_" ~ language ~ ", items.label_" ~ language ~ ", '')",
            'found': "coalesce(found.found, '')",
            'expected': "coalesce(others.school_name, found.expected, '')",
            'year': "coalesce(cast(found.school_year as varchar), '')",
        }) }}
        as message_{{ language }},
    {% endfor %}
    from found
    inner join rules on found.rule_code = rules.rule_code
    left join names on found.school_code = names.school_code
    left join names as others on found.expected_code = others.school_code
    left join labels as stages on stages.kind = 'stage' and found.stage = stages.code
    left join labels as items on items.kind = 'measure' and found.item = items.code
),

united as (
    select
        landed.* exclude (school_ref),
        resolved.school_code
    from landed
    left join resolved on landed.school_year = resolved.school_year and landed.school_ref = resolved.school_ref
    union all by name
    select * from worded
),

final as (
    select
        md5(concat_ws(
            '|', rule_code, school_year, school_code, dataset, stage, item, subject_key, import_id, file_name,
            sheet_name, source_row, column_name, raw_value
        )) as issue_id,
        import_id,
        dataset,
        school_year,
        school_code,
        file_name,
        sheet_name,
        source_row as row_number,
        column_name,
        rule_code,
        severity,
        message_zh,
        message_en,
        raw_value
    from united
    qualify row_number() over (partition by issue_id order by message_zh) = 1
)

select * from final
