{# What the county declares, a row a figure that is judged: its two terms, and the limit it is held against. #}

{% set places = {
    'g7_funds': ['G7', '生均公用经费'],
    'g8_teachers': ['G8', '教师平均工资'],
    'g8_officials': ['G8', '公务员平均工资'],
    'g13_primary': ['G13', '小学就近入学比例'],
    'g13_junior': ['G13', '初中就近入学比例'],
    'g14_allotted': ['G14', '分配名额'],
    'g14_planned': ['G14', '招生计划'],
    'g14_rural': ['G14', '农村分配名额'],
    'g15_eligible': ['G15', '符合条件随迁子女'],
    'g15_public': ['G15', '公办就读'],
    'g15_bought': ['G15', '购买学位就读'],
    'g15_care': ['G15', '留守儿童关爱'],
    'q1_graduates': ['Q1', '毕业生数'],
    'q1_in': ['Q1', '三年转入'],
    'q1_out': ['Q1', '三年转出'],
    'q1_entered': ['Q1', '初一在校生'],
    'q1_died': ['Q1', '三年死亡'],
    'q2_enrolled': ['Q2', '入学残疾儿童'],
    'q2_of_age': ['Q2', '适龄残疾儿童'],
    'p1_year': ['P1', '认定年份'],
} %}

with

figures as (
    select * from {{ ref('stg_county_items') }}
),

years as (
    select distinct school_year from {{ ref('int_sites_placed') }}
),

pivoted as (
    select
        years.school_year,
        {% for name, place in places.items() %}
        {{ declared_figure('figures', place[0], place[1]) }} as {{ name }},
        {% endfor %}
    from years
    left join figures on years.school_year = figures.school_year
    group by years.school_year
),

{# item, subject zh, subject en, part, whole, limit, its stage, kind, whether heads can be counted, what is unknown #}
{% set rows = [
    ['G7', '生均公用经费', 'Public funds per pupil', 'g7_funds', '1', 'funds_yuan', none, 'yuan', false],
    ['G8', '教师平均工资', 'Mean pay', 'g8_teachers', 'g8_officials', 'share', none, 'share', false],
    ['G13', '小学就近入学比例', 'Primary, enrolled nearby', 'g13_primary', '1', 'share', 'primary', 'share', false],
    ['G13', '初中就近入学比例', 'Junior, enrolled nearby', 'g13_junior', '1', 'share', 'junior', 'share', false],
    ['G14', '名额分配比例', 'Places allotted', 'g14_allotted', 'g14_planned', 'share', none, 'share', true],
    ['G14', '农村分配名额', 'Places for rural schools', 'g14_rural', '1', 'rural_places', none, 'count', true],
    ['G15', '随迁子女就读比例', 'Migrant children placed', 'coalesce(g15_public + coalesce(g15_bought, 0), g15_bought)',
        'g15_eligible', 'share', none, 'share', true],
    ['G15', '留守儿童关爱', 'Care for left-behind children', 'g15_care', '1', 'care', none, 'conclusion', false],
    ['Q1', '三年巩固率', 'Retention', 'q1_graduates - q1_in + q1_out', 'q1_entered - q1_died', 'share', none,
        'share', true],
    ['Q2', '残疾儿童入学率', 'Disabled children enrolled', 'q2_enrolled', 'q2_of_age', 'share', none, 'share', true],
    ['P1', '认定至今', 'Years since recognition', 'school_year - p1_year', '1', 'years', none, 'year', false],
] %}

final as (
    {% for item_code, zh, en, part, whole, limit_code, stage, kind, counts in rows %}
    select
        school_year,
        '{{ item_code }}' as item_code,
        '{{ zh }}' as subject_key,
        '{{ zh }}' as subject_zh,
        '{{ en }}' as subject_en,
        cast({{ part }} as double) as part,
        cast({{ whole }} as double) as whole,
        '{{ limit_code }}' as limit_code,
        {{ "'" ~ stage ~ "'" if stage else 'null' }} as limit_stage,
        '{{ kind }}' as value_kind,
        {{ 'true' if counts else 'false' }} as is_countable,
        {{ 'g15_public is null or g15_bought is null' if limit_code == 'share' and item_code == 'G15' else 'false' }}
            as is_incomplete
    from pivoted
    {{ 'where g15_care is not null' if limit_code == 'care' }}
    union all by name
    {% endfor %}
    select
        school_year,
        item_code,
        field as subject_key,
        field as subject_zh,
        field as subject_en,
        value as part,
        1.0e0 as whole,
        case when field like '%等级' then 'level' else 'between_share' end as limit_code,
        case when field like '%等级' then 'level' else 'between_share' end as value_kind,
        false as is_countable,
        false as is_incomplete
    from figures
    where item_code = 'Q9' and (field like '%等级' or field like '%差异率')
    union all by name
    select
        school_year,
        item_code,
        any_value(subject) || any_value(tail) as subject_key,
        subject_key as subject_zh,
        subject_key as subject_en,
        1.0e0 as whole,
        any_value(limit_code) as limit_code,
        any_value(value_kind) as value_kind,
        false as is_countable,
        false as is_incomplete
    from (
        select
            school_year,
            item_code,
            regexp_replace(field, '(等级|差异率)$', '') as subject,
            case when field like '%等级' then '差异率' else '等级' end as tail,
            case when field like '%等级' then 'between_share' else 'level' end as limit_code,
            case when field like '%等级' then 'between_share' else 'level' end as value_kind
        from figures
        where item_code = 'Q9' and (field like '%等级' or field like '%差异率')
    ) as paired
    group by school_year, item_code, subject
    having count(*) = 1
)

select * from final
