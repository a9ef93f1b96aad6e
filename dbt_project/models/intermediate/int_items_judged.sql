{#
    A known failure decides; else what is missing does; an item that asks about nothing in the county is met only
    where its row says so. The figure shown is that of the leading case, or the share of schools (classes) that hold.
#}

{# What fails is told first. #}
{% set urgent = "is_deciding desc, case status when 'not_met' then 1 when 'missing' then 2 else 3 end" %}

with

items as (
    select * from {{ ref('int_items_listed') }}
),

cases as (
    select * from {{ ref('fct_inspection_case') }}
),

figures as (
    select * from {{ ref('stg_county_items') }}
),

deciding as (
    select
        cases.*,
        items.grain
    from cases
    inner join items using (standard_code, school_year, item_code)
    where cases.is_deciding
),

{# A school with both kinds of special rooms is one school. #}
asked as (
    select
        standard_code,
        school_year,
        item_code,
        school_code,
        bool_or(status = 'not_met') as fails,
        bool_or(status = 'missing') as waits
    from deciding
    group by
        standard_code,
        school_year,
        item_code,
        school_code,
        stage,
        case when grain <> 'room' then subject_key end
),

counts as (
    select
        standard_code,
        school_year,
        item_code,
        count(*) as cases,
        count(case when not fails and not waits then 1 end) as cases_met,
        count(case when fails then 1 end) as cases_not_met,
        count(case when waits and not fails then 1 end) as cases_missing,
        count(distinct case when fails then nullif(school_code, '') end) as schools_not_met,
        count(distinct case when waits and not fails then nullif(school_code, '') end) as schools_missing
    from asked
    group by standard_code, school_year, item_code
),

spread as (
    select
        standard_code,
        school_year,
        item_code,
        min(margin) as margin,
        min(slack) as slack,
        sum(case when status = 'not_met' then shortfall end) as shortfall,
        bool_or(rounding_changes_side) as rounding_changes_side
    from deciding
    group by standard_code, school_year, item_code
),

foremost as (
    select *
    from cases
    where is_deciding or (item_code = 'S1' and subject_key = 'all')
    qualify row_number() over (
            partition by standard_code, school_year, item_code
            order by
                case when item_code = 'S1' and subject_key = 'all' then 0 else 1 end,
                case status when 'not_met' then 1 when 'missing' then 2 else 3 end,
                margin / nullif(target, 0) nulls last,
                subject_key,
                stage
        ) = 1
),

worded as (
    select
        standard_code,
        school_year,
        item_code,
        string_agg(wording_zh, '；' order by {{ urgent }}, subject_key asc, stage desc) as wording_zh,
        string_agg(wording_en, '; ' order by {{ urgent }}, subject_key asc, stage desc) as wording_en
    from cases
    where school_code = '' and (is_deciding or status <> 'missing')
    group by standard_code, school_year, item_code
),

documents as (
    select
        school_year,
        item_code,
        count(evidence) as evidence_count,
        string_agg(statement, '；' order by field) as statement,
        max(case when field = '结论' then value end) as declared
    from figures
    group by school_year, item_code
),

final as (
    select
        items.*,
        items.grain in ('school', 'class', 'room', 'site') as is_counted,
        counts.* exclude (standard_code, school_year, item_code),
        spread.* exclude (standard_code, school_year, item_code),
        foremost.value as leading_value,
        foremost.target as leading_target,
        foremost.numerator,
        foremost.denominator,
        foremost.value_kind as leading_kind,
        case
            when counts.cases is null then items.when_none
            when counts.cases_not_met > 0 then 'not_met'
            when counts.cases_missing > 0 then 'missing'
            else 'met'
        end as status,
        worded.wording_zh,
        worded.wording_en,
        coalesce(documents.evidence_count, 0) as evidence_count,
        documents.statement,
        documents.declared
    from items
    left join counts using (standard_code, school_year, item_code)
    left join spread using (standard_code, school_year, item_code)
    left join foremost using (standard_code, school_year, item_code)
    left join worded using (standard_code, school_year, item_code)
    left join documents using (school_year, item_code)
)

select * from final
