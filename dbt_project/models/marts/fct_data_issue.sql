{% set findings = [
    'identity', 'register', 'year', 'figure', 'gap', 'staff', 'roster', 'class', 'distribution', 'exchange', 'consortium',
    'exam', 'inspection',
] %}

with

landed as (
    select
        issues.* exclude (school_ref),
        resolved.school_code
    from {{ ref('stg_issues') }} as issues
    left join {{ ref('int_school_references_resolved') }} as resolved using (school_year, school_ref)
),

found_here as (
    {% for name in findings %}
    select * from {{ ref('int_' ~ name ~ '_issues_found') }}
    {{ 'union all by name' if not loop.last }}
    {% endfor %}
),

waivers as (
    select
        waivers.*,
        waivers.reason is not null and waivers.waived_by is not null as is_signed,
        {{ waiver_key('waivers') }} as waived_key
    from {{ ref('waivers') }} as waivers
),

found as (
    select * from found_here
    union all by name
    select
        case when is_signed then 'D349' else 'D350' end as rule_code,
        school_year,
        school_code,
        rule_code as found,
        rule_code as subject_key,
        'waivers.csv' as file_name
    from waivers
    where not is_signed or waived_key not in (select {{ waiver_key('here') }} from found_here as here)
        and waived_key not in (select {{ waiver_key('landed') }} from landed)
),

names as (
    select
        school_code,
        arg_max(school_name, school_year) as school_name
    from {{ ref('dim_school') }}
    group by school_code
),

united as (
    select * from landed
    union all by name
    {{ worded('found') }}
),

final as (
    select
        md5(concat_ws(
            '|', united.rule_code, united.school_year, united.school_code, dataset, stage, item, subject_key,
            import_id, file_name, sheet_name, source_row, column_name, raw_value
        )) as issue_id,
        {% for column in ['import_id', 'dataset', 'school_year', 'school_code', 'file_name', 'sheet_name'] %}
        united.{{ column }},
        {% endfor %}
        united.source_row as row_number,
        {% for column in ['column_name', 'rule_code', 'severity', 'message_zh', 'message_en', 'raw_value'] %}
        united.{{ column }},
        {% endfor %}
        waivers.waived_key is not null as is_waived,
        waivers.reason as waiver_reason,
        waivers.waived_by
    from united
    left join waivers
        on {{ waiver_key('united') }} = waivers.waived_key and waivers.is_signed
    qualify row_number() over (partition by issue_id order by message_zh) = 1
)

select * from final
